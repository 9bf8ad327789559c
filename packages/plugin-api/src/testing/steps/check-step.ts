import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { ArtifactType } from "../../artifact.js";
import type { DefinitionOf } from "../../component.js";
import type { EngineIdentity } from "../../engine-identity.js";
import { createRng } from "../../random/rng.js";
import type { StepComponent, StepContext } from "../../step.js";
import { buildComponent, type CheckedWith } from "../build-component.js";
import { checkDefinition } from "../check-definition.js";
import { broken, type CheckReport } from "../checklist.js";
import { checkPlainJson, type GivenArtifacts, openers } from "./plan-context.js";

/** What {@link checkStep} takes beside the definition. */
export interface StepCheck extends CheckedWith {
  /** Artifacts that the options name, by instance: see `handleOf`. */
  readonly artifacts?: GivenArtifacts;
  readonly seed?: number;
  /** What the plan would have chosen, for steps that use an engine; they also need `services` of `@eosin/engine`. */
  readonly engine?: EngineIdentity;
}

/** What a step wrote. */
export interface StepOutput {
  readonly value: unknown;
  readonly blobs: ReadonlyMap<string, Buffer>;
}

/** What {@link checkStep} tells, with what the step wrote. */
export interface StepCheckReport extends CheckReport {
  readonly output: StepOutput;
}

/**
 * Tests what a step of any kind (step, reporter, evaluator, trainer) promises: it says what it produces, writes plain
 * JSON, and the same options, inputs and seed give the same bytes.
 * @returns Also what it wrote, to be looked at.
 * @throws EosinError `CHECK_FAILED`, naming the promise.
 */
export async function checkStep(
  definition: DefinitionOf<StepComponent>,
  how: StepCheck = {},
): Promise<StepCheckReport> {
  const list = await checkDefinition(definition, ["step", "reporter", "evaluator", "trainer"], how);
  await list.check("it says what type of artifact it writes", () => {
    if (!definition.produces) broken("produces: an artifact's type", "nothing");
  });
  const output = await list.check("the same options, inputs and seed give the same bytes", async () => {
    const [first, again] = [await runOnce(definition, how), await runOnce(definition, how)];
    if (!isDeepStrictEqual(first.value, again.value)) broken("one value", "two that differ");
    const names = [...first.blobs.keys()];
    if (names.join() !== [...again.blobs.keys()].join()) broken(names.join(), [...again.blobs.keys()].join());
    for (const name of names)
      if (!first.blobs.get(name)!.equals(again.blobs.get(name)!)) broken(`equal bytes of ${name}`, "others");
    return first;
  });
  await list.check("its value is what the type of its artifact says", () =>
    artifactValue(output, definition.produces!),
  );
  await list.check("its value is plain JSON, and the page that it opens is among its blobs", () => {
    checkPlainJson("the value", output.value);
    const { open } = (output.value ?? {}) as { readonly open?: unknown };
    if (typeof open === "string" && !output.blobs.has(open))
      broken(`a blob ${open}`, [...output.blobs.keys()].join(", "));
  });
  return { ...list.report(), output };
}

/** @returns What a step wrote, as an artifact of this type. Ends the running test where it is not one. */
export function artifactValue<Value>({ value }: StepOutput, { name, schema }: ArtifactType<string, Value>): Value {
  const parsed = schema.safeParse(value);
  if (!parsed.success) broken(`a value that fits the artifact ${name}`, parsed.error.message);
  return value as Value;
}

async function runOnce(definition: DefinitionOf<StepComponent>, how: StepCheck): Promise<StepOutput> {
  const scratch = await mkdtemp(join(tmpdir(), "eosin-check-"));
  try {
    const { it } = await buildComponent(definition, how);
    const blobs = new Map<string, Buffer>();
    const value = await it.run(stepContext(how, scratch, blobs));
    return { value, blobs };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function stepContext(
  { artifacts = {}, seed = 42, engine }: StepCheck,
  scratch: string,
  blobs: Map<string, Buffer>,
): StepContext {
  const add = (name: string, bytes: Buffer) => {
    if (blobs.has(name)) broken("names of their own for blobs", `${name} twice`);
    blobs.set(name, bytes);
  };
  return {
    instance: "checked",
    axes: {},
    seed,
    threads: 1,
    signal: new AbortController().signal,
    log: { info: () => {}, warn: () => {} },
    output: {
      write: async (name, data) => add(name, Buffer.from(data as Uint8Array)),
      moveIn: async (name, path) => add(name, await readFile(path)),
    },
    scratch,
    baseFolder: scratch,
    engine,
    provenance: {
      document: { name: "check", file: "check.yaml" },
      params: {},
      seed,
      plugins: {},
      ...(engine && { engine: { ...engine } }),
      steps: [],
      looks: [],
    },
    drawSteps: async () => '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>',
    ...openers(artifacts),
    progress: () => {},
    rng: (...key) => createRng(seed, "testkit step", ...key),
  };
}
