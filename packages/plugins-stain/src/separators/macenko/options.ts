import { z } from "@eosin/plugin-api/zod";
import { macenkoFormOption } from "../../estimation/macenko-form-option.js";

export const macenkoSeparatorOptions = z.object({ ...macenkoFormOption });
