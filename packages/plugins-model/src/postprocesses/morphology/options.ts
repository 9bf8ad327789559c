import { z } from "@eosin/plugin-api/zod";

const side = z
  .int()
  .min(1)
  .max(255)
  .refine((value) => value % 2 === 1, "the side of the kernel must be odd");

export const morphologyOptions = z.strictObject({
  operations: z
    .array(
      z.union([
        z.strictObject({ dilate: side }),
        z.strictObject({ erode: side }),
        z.strictObject({ close: side }),
        z.strictObject({ open: side }),
      ]),
    )
    .min(1)
    .prefault([{ dilate: 5 }, { close: 5 }, { open: 5 }])
    .describe("In this order; the number is the side of the square kernel in pixels."),
});

export type MorphologyOptions = z.output<typeof morphologyOptions>;
