import { type PluginModules, type SerializedError, serializeError } from "@eosin/plugin-api";
import type { SampleEntry } from "@eosin/plugin-api/imaging";
import type { ReadingOptions } from "../pairs/reading-options.js";
import { openPairLook, type PairLook } from "./look-at-pair.js";
import type { LookRecord } from "./look-record.js";

export interface LookTask {
  readonly entry: SampleEntry;
  readonly options: ReadingOptions;
  readonly modules: PluginModules;
}

export type LookReply = { readonly record: LookRecord } | { readonly error: SerializedError };

const quiet = { info: () => {}, warn: () => {} };
let opening: Promise<PairLook> | undefined;

/** The entry of a thread that looks at samples; all its tasks are of one look. */
export default async function runTask({ entry, options, modules }: LookTask): Promise<LookReply> {
  try {
    opening ??= openPairLook(modules, quiet);
    return { record: await (await opening)(entry, options) };
  } catch (error) {
    return { error: serializeError(error) };
  }
}
