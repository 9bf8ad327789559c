import { z } from "zod";

export const options = z.strictObject({
  channels: z.int().min(1).max(256).default(16).describe("Channels of the layers between the image and the mask."),
  depth: z.int().min(1).max(16).default(3).describe("Convolutions before the last one."),
});

export type Options = z.output<typeof options>;
