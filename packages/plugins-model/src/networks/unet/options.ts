import type { z } from "@eosin/plugin-api/zod";
import { encoderOptions } from "../encoder-options.js";

export const unetOptions = encoderOptions({});

export type UnetOptions = z.output<typeof unetOptions>;
