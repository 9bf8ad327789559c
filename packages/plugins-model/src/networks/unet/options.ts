import type { z } from "@eosin/plugin-api/zod";
import { blockOptions, encoderOptions, headOptions } from "../encoder-options.js";

export const unetOptions = encoderOptions(blockOptions, headOptions);

export type UnetOptions = z.output<typeof unetOptions>;
