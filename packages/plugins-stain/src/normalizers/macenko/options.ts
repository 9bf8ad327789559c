import { z } from "@eosin/plugin-api/zod";
import { macenkoFormOption } from "../../estimation/macenko-form-option.js";
import { unsuitableOption } from "../../estimation/unsuitable-option.js";
import { targetOptions } from "../target/target-option.js";

export const macenkoOptions = z.object({ ...targetOptions, ...unsuitableOption, ...macenkoFormOption });
