/** A published result to show beside ours. */
export interface PublishedRow {
  readonly title: string;
  readonly figures: { readonly dice: number; readonly iou: number };
}

/** Kim et al., Stud Health Technol Inform 2025, doi:10.3233/SHTI250272, table 1: 4-fold means on COSAS 2024 task 2. */
export const paperTable1: readonly PublishedRow[] = [
  { title: "U-Net, EfficientNet-B7, supervised", figures: { dice: 0.883, iou: 0.791 } },
  { title: "U-Net, EfficientNet-B7, multi-task, α 0.0", figures: { dice: 0.884, iou: 0.793 } },
  { title: "U-Net, EfficientNet-B7, multi-task, α 0.3", figures: { dice: 0.894, iou: 0.816 } },
];

export const paperSource = "Kim et al. 2025, doi:10.3233/SHTI250272, table 1 (COSAS 2024 task 2, 4 folds, 640 px)";
