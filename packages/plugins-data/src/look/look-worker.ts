import { type PluginModules, type SerializedError, serializeError } from "@eosin/plugin-api";
import type { SampleEntry } from "@eosin/plugin-api/imaging";
import type { ReadingOptions } from "../pairs/reading-options.js";
import { openPairLook, type PairLook } from "./look-at-pair.js";
import type { LookRecord } from "./look-record.js";

export interface LookTask {
  readonly entries: readonly SampleEntry[];
  readonly options: ReadingOptions;
  readonly modules: PluginModules;
}

export type LookReply = { readonly record: LookRecord } | { readonly error: SerializedError };

const quiet = { info: () => {}, warn: () => {} };
let opening: Promise<PairLook> | undefined;

/** The entry of a thread that looks at samples; all its tasks are of one look. @returns In the order of the entries. */
export default async function runTask({ entries, options, modules }: LookTask): Promise<readonly LookReply[]> {
  const replies: LookReply[] = [];
  for (const entry of entries) {
    try {
      opening ??= openPairLook(modules, quiet);
      replies.push({ record: await (await opening)(entry, options) });
    } catch (error) {
      replies.push({ error: serializeError(error) });
    }
  }
  return replies;
}
