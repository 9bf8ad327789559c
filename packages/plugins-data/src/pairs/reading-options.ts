import type { ImageOptions, LabelOptions, MaskRule, WrittenLabel } from "@eosin/pictures";
import { z } from "@eosin/plugin-api/zod";

const label = z.union([z.int(), z.string().regex(/^#[0-9a-fA-F]{6}$/)]);
const labels = z.union([label, z.array(label).min(1)]);
const IGNORE = "ignore";

function namesTwice(classes: Readonly<Record<string, z.output<typeof labels>>>): boolean {
  const named = Object.values(classes).flatMap((each) => [each].flat().map((label) => String(label).toLowerCase()));
  return new Set(named).size < named.length;
}

/** How files become pixels and labels: the same options for every data set that reads files. */
export const readingOptions = {
  classes: z
    .record(z.string().min(1), labels)
    .refine((classes) => Object.keys(classes).filter((name) => name !== IGNORE).length === 1, {
      error: "Name one class, and what to ignore beside it.",
    })
    .refine((classes) => !namesTwice(classes), { error: "Name each label once: it is of one class, or ignored." })
    .optional()
    .describe(
      'Labels of the masks: { tumour: 3 }, { tumour: "#ff0000" } or { tumour: [1, 3], ignore: 4 }; others are normal.',
    ),
  maskChannel: z
    .enum(["colour", "alpha"])
    .optional()
    .describe("Where labels are in masks with transparency, if both say something."),
  maskThreshold: z
    .number()
    .min(0)
    .optional()
    .describe("Lossy masks (JPEG): levels above it are foreground; by default the middle of the data set's range."),
  range: z
    .number()
    .positive()
    .optional()
    .describe(
      "What images of more than 8 bits go up to, e.g. 4095; by default the smallest usual range that holds all.",
    ),
  page: z.int().min(1).optional().describe("Which picture of files that hold several, from 1."),
  maxPixels: z.int().min(1).optional().describe("Pixels of the largest picture that is opened; 268435456 by default."),
} as const;

const readingShape = z.object(readingOptions);
export type ReadingOptions = z.output<typeof readingShape>;

/** What readers of files need of {@link ReadingOptions}. */
export interface PictureReading {
  readonly image: ImageOptions;
  readonly mask: LabelOptions & MaskRule;
}

export function pictureReading(options: ReadingOptions): PictureReading {
  const { classes, maskChannel, maskThreshold, range, page, maxPixels } = options;
  const written = (name: string): readonly WrittenLabel[] => [classes?.[name] ?? []].flat();
  const foreground = Object.keys(classes ?? {}).filter((name) => name !== IGNORE);
  return {
    image: { page, range, maxPixels },
    mask: {
      page,
      maxPixels,
      foreground: classes && foreground.flatMap(written),
      ignored: classes && written(IGNORE),
      channel: maskChannel,
      threshold: maskThreshold,
    },
  };
}

/** The options that change pixels or labels, as they were written; nothing where none was. */
export function writtenReading(options: ReadingOptions): ReadingOptions | undefined {
  const { classes, maskChannel, maskThreshold, range, page } = options;
  const written = Object.entries({ classes, maskChannel, maskThreshold, range, page }).filter(
    ([, value]) => value !== undefined,
  );
  return written.length === 0 ? undefined : Object.fromEntries(written);
}
