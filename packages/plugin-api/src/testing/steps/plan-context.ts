import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import type { Artifact, ArtifactHandle } from "../../artifact.js";
import type { PlanContext } from "../../planned.js";
import { createRng } from "../../random/rng.js";
import type { StepContext } from "../../step.js";
import { type CheckedWith, serviceProvider } from "../build-component.js";
import { broken } from "../checklist.js";

/** An artifact that a tested component opens. */
export interface GivenArtifact {
  readonly type: string;
  /** Of a planned list: the values of its items, as a list. */
  readonly value: unknown;
  /** Paths of files by blob name. */
  readonly blobs?: { readonly [name: string]: string };
}

/** Artifacts for a check, by the instance that would have written them. */
export type GivenArtifacts = { readonly [instance: string]: GivenArtifact };

/** What is in the options where a document would say `${steps.NAME}`. */
export function handleOf(type: string, instance: string): { $artifact: { type: string; instance: string } } {
  return { $artifact: { type, instance } };
}

/** How contexts of checks open the artifacts that they were given. */
export function openers(artifacts: GivenArtifacts): Pick<StepContext, "open" | "openItems"> {
  const given = (instance: string): GivenArtifact => {
    const found = artifacts[instance];
    if (!found) throw new Error(`No artifact ${instance} was given to the check.`);
    return found;
  };
  return {
    open: async <Value>({ $artifact: { instance } }: ArtifactHandle<Value>): Promise<Artifact<Value>> => {
      const { type, value, blobs = {} } = given(instance);
      return {
        type,
        instance,
        axes: {},
        value: structuredClone(value) as Value,
        blobNames: Object.keys(blobs).sort(),
        blobPath: (name) => blobs[name],
      };
    },
    openItems: async <Value>({ $artifact: { instance } }: ArtifactHandle<Value>): Promise<readonly Value[]> => {
      const { value } = given(instance);
      return structuredClone(Array.isArray(value) ? value : [value]) as Value[];
    },
  };
}

/** What a planned component is tested with. */
export interface PlanSetting {
  /** 42 unless given. */
  readonly seed?: number;
  /** The folder of the document; the working folder unless given. */
  readonly baseFolder?: string;
  /** Artifacts that the options name, by instance: see `handleOf`. */
  readonly artifacts?: GivenArtifacts;
  /** Services that the component asks for. */
  readonly services?: CheckedWith["services"];
}

/** What the core gives a component that runs while planning, for tests of a dataset or a split beyond its check. */
export function planContext(setting: PlanSetting = {}): PlanContext {
  const { seed = 42, baseFolder = process.cwd(), artifacts = {}, services = [] } = setting;
  return {
    seed,
    baseFolder,
    services: serviceProvider("The tested component", services),
    log: { info: () => {}, warn: () => {} },
    files: {
      hashAll: (paths) =>
        Promise.all(
          paths.map(async (path) =>
            createHash("sha256")
              .update(await readFile(path))
              .digest("hex"),
          ),
        ),
    },
    ...openers(artifacts),
    rng: (...key) => createRng(seed, "testkit plan", ...key),
  };
}

/** Ends the running test where JSON would change the value. */
export function checkPlainJson(what: string, value: unknown): void {
  if (value === undefined) broken(`${what}: a JSON value`, "undefined");
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value)) broken(`${what}: plain JSON`, "what JSON changes");
}
