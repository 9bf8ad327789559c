import { isDeepStrictEqual } from "node:util";
import type { Sample } from "../../imaging/sample.js";
import type { JsonValue } from "../../json.js";
import { broken, type Checklist } from "../checklist.js";
import { copyOf, difference } from "../patches/copy-sample.js";
import { tissueSample } from "../patches/tissue.js";

interface Fitting {
  fit?(samples: AsyncIterable<Sample>): Promise<JsonValue>;
}

/** Tests `fit` where there is one. @returns The state, as a plan hands it on. */
export async function checkFit(list: Checklist, build: () => Promise<Fitting>): Promise<JsonValue | undefined> {
  if ((await build()).fit === undefined) return undefined;
  return list.check("fit learns the same from the same samples, edits none, and returns plain JSON", async () => {
    const samples = [1, 2, 3, 4].map((key) => tissueSample(48, 40, `fit ${key}`));
    const before = samples.map(copyOf);
    const first = await (await build()).fit!(stream(samples));
    const second = await (await build()).fit!(stream(samples));
    for (const [i, sample] of samples.entries()) {
      const edited = difference(sample, before[i]);
      if (edited !== undefined) broken("samples that stay as they are", edited);
    }
    if (!isDeepStrictEqual(first, second)) broken("one state", "two states that differ");
    const read = JSON.parse(JSON.stringify(first)) as JsonValue;
    if (!isDeepStrictEqual(read, first)) broken("plain JSON", "a state that JSON changes");
    return read;
  });
}

async function* stream(samples: readonly Sample[]): AsyncGenerator<Sample> {
  for (const sample of samples) yield sample;
}
