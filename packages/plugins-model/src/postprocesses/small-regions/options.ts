import { z } from "@eosin/plugin-api/zod";

const share = z.number().min(0).max(1).default(0);

export const smallRegionsOptions = z.strictObject({
  smallest: share.describe("Regions of foreground that cover less than this share of the image are dropped."),
  fill: share.describe("Holes that cover less than this share of the image are filled."),
});

export type SmallRegionsOptions = z.output<typeof smallRegionsOptions>;
