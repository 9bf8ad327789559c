import { isDeepStrictEqual } from "node:util";
import type { DefinitionOf } from "../../component.js";
import { type DatasetComponent, datasetArtifact } from "../../imaging/dataset.js";
import { IGNORED } from "../../imaging/ignored.js";
import type { Mask } from "../../imaging/image.js";
import { buildComponent, type CheckedWith } from "../build-component.js";
import { checkDefinition } from "../check-definition.js";
import { broken, type CheckReport } from "../checklist.js";
import { checkSample } from "../patches/check-shape.js";
import { difference } from "../patches/copy-sample.js";
import { ratePerSecond } from "../rate.js";
import { artifactValue } from "./check-step.js";
import { checkPlainJson, type GivenArtifacts, planContext } from "./plan-context.js";

/** What {@link checkDataset} takes beside the definition. */
export interface DatasetCheck extends CheckedWith {
  /** Artifacts that the options name, by instance: see `handleOf`. */
  readonly artifacts?: GivenArtifacts;
  readonly seed?: number;
}

/**
 * Tests what a dataset promises: the same index for the same seed, as plain JSON, ids once each, content hashes, no
 * paths in what fingerprints take in; and samples that are as the index says. `imagesPerSecond` is of reading.
 * @throws EosinError `CHECK_FAILED`, naming the promise.
 */
export async function checkDataset(
  definition: DefinitionOf<DatasetComponent>,
  how: DatasetCheck = {},
): Promise<CheckReport> {
  const list = await checkDefinition(definition, ["dataset"], how);
  const { artifacts = {}, seed = 42, services = [] } = how;
  const build = async () => (await buildComponent(definition, how)).it;
  const plan = async () => {
    const output = await (await build()).plan(planContext({ seed, artifacts, services }));
    if (!("value" in output)) broken("{ value, identity }", "a list of items");
    return output;
  };

  const { value: index } = await list.check("it gives the same index for the same seed, as plain JSON", async () => {
    const [first, again] = [await plan(), await plan()];
    if (!isDeepStrictEqual(first, again)) broken("one index", "two that differ");
    checkPlainJson("the index", first.value);
    artifactValue({ value: first.value, blobs: new Map() }, datasetArtifact);
    checkPlainJson("its identity", first.identity);
    return first;
  });
  await list.check("its samples have ids of their own, sizes and content hashes", () => {
    if (index.samples.length === 0) broken("samples", "none", "Give options with which there are some.");
    const ids = new Set(index.samples.map(({ id }) => id));
    if (ids.size !== index.samples.length) broken(`${index.samples.length} ids`, `${ids.size}`);
    for (const { id, domain, width, height, hash } of index.samples) {
      if (domain === "") broken(`a domain of ${id}`, "an empty text");
      if (!(width > 0 && height > 0)) broken(`a size of ${id}`, `${width} × ${height}`);
      if (!/^[0-9a-f]{16,}$/.test(hash)) broken(`a hexadecimal hash of the content of ${id}`, hash);
    }
  });
  await list.check("fingerprints take in content, not paths", async () => {
    const { identity } = await plan();
    if (JSON.stringify(identity).includes(process.cwd())) broken("an identity without paths", process.cwd());
  });
  const some = index.samples.slice(0, 4);
  const masks: (Mask | undefined)[] = [];
  await list.check("its samples are read as the index says, the same each time", async () => {
    if (index.reader.kind !== "dataset") broken("a reader of kind dataset", index.reader.kind);
    const it = await build();
    for (const entry of some) {
      const sample = await it.read(entry);
      checkSample({ ...sample, id: entry.id, domain: entry.domain }, sample);
      const { width, height } = sample.image;
      if (width !== entry.width || height !== entry.height) {
        broken(`${entry.id} of ${entry.width} × ${entry.height} pixels`, `${width} × ${height}`);
      }
      const differs = difference(sample, await (await build()).read(entry));
      if (differs !== undefined) broken(`${entry.id} the same each time`, differs);
      masks.push(sample.mask);
    }
  });
  await list.check("255 in its masks means ignored", () => checkLabels(masks));
  const it = await build();
  return list.report(await ratePerSecond((call) => it.read(some[call % some.length])));
}

/** Files of masks mostly hold 0 and 255: taken as they are, they say that all tumour is to be ignored. */
function checkLabels(masks: readonly (Mask | undefined)[]): void {
  const holds = (label: number) => masks.some((mask) => mask?.data.includes(label));
  if (!holds(IGNORED) || holds(1)) return;
  broken("1 for tumour, 255 for ignored pixels alone", "255 without a 1", "Make 255 of the file a 1.");
}
