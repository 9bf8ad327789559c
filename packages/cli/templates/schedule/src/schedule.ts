import type { Schedule } from "@eosin/plugin-api/learning";
import type { Options } from "./options.js";

export function create({ drops, factor }: Options): Schedule {
  return { factor: (progress) => factor ** Math.floor(progress * (drops + 1)) };
}
