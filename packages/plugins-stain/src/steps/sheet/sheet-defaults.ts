/** What a sheet shows unless it is told: also `pipe stain` starts from these. */
export const sheetDefaults = {
  separator: "stain/spcn-separator",
  normalizers: ["stain/spcn"],
  augmenters: ["stain/randstainna", "stain/separation-augment"],
  draws: 4,
} as const;
