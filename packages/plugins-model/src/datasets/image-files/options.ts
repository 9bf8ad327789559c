import { z } from "@eosin/plugin-api/zod";

export const imageFilesOptions = z.strictObject({
  images: z.array(z.string()).default([]).describe("Image files, and folders that are searched for images."),
  names: z
    .enum(["short", "path"])
    .default("short")
    .describe("What images are called: by their path below the folder that was given, or with that folder's path."),
  range: z
    .number()
    .positive()
    .optional()
    .describe(
      "What images of more than 8 bits go up to, e.g. 4095; by default the smallest usual range that holds all.",
    ),
  page: z.int().min(1).optional().describe("Which picture of files that hold several, from 1."),
  maxPixels: z.int().min(1).optional().describe("Pixels of the largest picture that is opened; 268435456 by default."),
});

export type ImageFilesOptions = z.output<typeof imageFilesOptions>;
