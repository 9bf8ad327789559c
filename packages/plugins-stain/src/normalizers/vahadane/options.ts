import { z } from "@eosin/plugin-api/zod";
import { unsuitableOption } from "../../estimation/unsuitable-option.js";
import { targetOptions } from "../target/target-option.js";

export const vahadaneOptions = z.object({ ...targetOptions, ...unsuitableOption });
