import { z } from "@eosin/plugin-api/zod";
import { encoderOptions } from "../../encoders/encoder-options.js";

export const unetOptions = z.strictObject(encoderOptions);

export type UnetOptions = z.output<typeof unetOptions>;
