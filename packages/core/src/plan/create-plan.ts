import { availableParallelism } from "node:os";
import {
  type ArtifactHandle,
  type EosinError,
  type FileHasher,
  isEosinError,
  type JsonObject,
  type JsonValue,
  type Logger,
  type PlannedOutput,
  type SourcePlace,
} from "@eosin/plugin-api";
import type { PluginLocks, PluginRegistry } from "../container/registry.js";
import type { EngineSettings, PipelineDocument } from "../document/document.js";
import { throwFound, ungroup } from "../errors/error-group.js";
import type { RememberingHasher } from "../files/file-hasher.js";
import { toJson } from "../nodes/node.js";
import { fillIn } from "../secrets/stand-in.js";
import { longEnough } from "../secrets/veil.js";
import type { FingerprintParts } from "../store/fingerprint-parts.js";
import { noList } from "./axes.js";
import { checkDrafts } from "./check-drafts.js";
import { chooseEngine } from "./choose-engine.js";
import { contentHash } from "./content-hash.js";
import { dispensableOptions } from "./dispensable-options.js";
import type { DraftInstance } from "./draft-instance.js";
import { DraftSteps } from "./draft-steps.js";
import { fingerprintOf, fingerprintParts } from "./fingerprint.js";
import { instanceResources } from "./instance-resources.js";
import { findStep } from "./known-step.js";
import { eachOnce, layOut } from "./lay-out.js";
import type { Limits } from "./limits/limits.js";
import { lookId, lookInstance } from "./look-instance.js";
import type { Plan, PlanEngine, PlanInstance } from "./plan.js";
import { requireWritablePlan } from "./plan-text.js";
import { type Environment, ParameterScope } from "./reference/parameter-scope.js";
import { plannedFingerprint, type RunPlanned, runPlanned } from "./run-planned.js";
import { settingsOf } from "./settings/read-settings.js";
import { orderSteps } from "./step-order.js";
import { documentLine, withUpstream } from "./upstream.js";

export interface CreatePlanOptions {
  /** Over the document's engine. */
  readonly engine?: Partial<EngineSettings>;
  /** That an instance may keep busy; the machine's unless said. */
  readonly threads?: number;
  readonly env: Environment;
  readonly limits?: Limits;
  readonly hasher: FileHasher & Partial<Pick<RememberingHasher, "hide">>;
  readonly log: Logger;
  /**
   * Takes the faults of planned steps, and of single items of theirs: without it the first one ends planning. What
   * cannot be planned is left out, with all that reads it.
   */
  readonly onFault?: (fault: PlannedFault) => void;
  /** Only steps that run while planning, and the looks at them. */
  readonly plannedOnly?: boolean;
}

export interface PlannedFault {
  /** The planned instance. */
  readonly instance: string;
  /** What of it, e.g. the id of a sample; absent where it is the whole step. */
  readonly item?: string;
  readonly error: EosinError;
}

/**
 * Resolves the references of a document to a DAG of instances, runs the planned ones, and fingerprints all.
 * @throws EosinError, or a group of all that were found
 */
export async function createPlan(
  document: PipelineDocument,
  registry: PluginRegistry,
  how: CreatePlanOptions,
): Promise<Plan> {
  const parameters = new ParameterScope(document, how.env, "error", how.limits);
  const { drafts, faults } = layOut(document, registry, parameters);
  throwFound(faults);
  const plan = await new Planner(document, registry, await registry.locks(), parameters, how).plan();
  const settings = settingsOf(document, parameters, drafts, how.engine ?? {});
  const secrets = [...parameters.secrets.keys()].sort();
  const whole = { ...plan, ...(secrets.length > 0 ? { secrets } : {}), settings };
  // Now, not when a run begins: what can be planned can be written.
  requireWritablePlan(whole);
  return whole;
}

class Planner {
  readonly #steps: DraftSteps;
  readonly #instances = new Map<string, PlanInstance>();
  readonly #outputs = new Map<string, PlannedOutput<JsonValue>>();
  readonly #outputsByParts = new Map<string, RunPlanned>();
  readonly #looking = new Set<string>();
  readonly #contentHashes = new Map<string, string>();
  readonly #itemFingerprints = new Map<string, string>();
  #engine: PlanEngine | undefined;

  constructor(
    readonly document: PipelineDocument,
    readonly registry: PluginRegistry,
    readonly locks: PluginLocks,
    readonly parameters: ParameterScope,
    readonly how: CreatePlanOptions,
  ) {
    this.#steps = new DraftSteps(document, registry, parameters, (instance, axis, place) =>
      this.#items(instance, axis, place),
    );
  }

  async plan(): Promise<Omit<Plan, "settings" | "secrets">> {
    const { document, registry } = this;
    const laidOut: DraftInstance[] = [];
    for (const declaration of orderSteps(document, [])) {
      const step = findStep(declaration, document, registry);
      if (this.how.plannedOnly && step.role !== "planned") continue;
      const drafts = this.#steps.add(step);
      throwFound(drafts.flatMap((draft) => draft.faults));
      for (const draft of drafts) await this.#addIfWhole(draft);
      laidOut.push(...drafts);
    }
    throwFound(eachOnce(await checkDrafts(laidOut, { registry, outputs: this.#outputs, log: this.how.log })));
    return {
      planVersion: 1,
      document: {
        name: document.name,
        description: document.description,
        file: document.file,
        profile: document.profile,
      },
      baseFolder: document.baseFolder,
      seed: document.seed,
      params: this.#params(),
      engine: this.#engine,
      plugins: this.locks,
      instances: [...this.#instances.values()],
      planned: Object.fromEntries(this.#outputs),
    };
  }

  async #addIfWhole(draft: DraftInstance): Promise<void> {
    const { onFault } = this.how;
    if (onFault === undefined) return this.#add(draft);
    if (!draft.inputs.every((input) => this.#instances.has(input))) return;
    try {
      await this.#add(draft);
    } catch (error) {
      if (!isEosinError(error)) throw error;
      for (const each of ungroup(error)) onFault({ instance: draft.id, error: each });
    }
  }

  async #add(draft: DraftInstance): Promise<void> {
    const instance = await this.#instance(draft);
    const inputLooks = [...new Set(instance.inputs.flatMap((input) => this.#looksBefore(input)))];
    const after =
      inputLooks.length === 0 || instance.role === "planned" ? {} : { after: inputLooks.map(({ id }) => id) };
    this.#instances.set(draft.id, { ...instance, ...after });
    if (!this.#looking.has(draft.id)) return;
    // What is made of others has nothing to open where they have not.
    if (instance.inputs.length > 0 && inputLooks.length === 0) return;
    const look = lookInstance(instance, this.#outputs.get(draft.id)!, inputLooks, {
      threads: this.#threads(),
      locks: this.locks,
    });
    this.#instances.set(look.id, look);
  }

  /** The look at a planned instance; where it has none, those at what it was made of. */
  #looksBefore(planned: string): readonly PlanInstance[] {
    const instance = this.#instances.get(planned);
    if (instance?.role !== "planned") return [];
    const look = this.#instances.get(lookId(planned));
    return look ? [look] : instance.inputs.flatMap((input) => this.#looksBefore(input));
  }

  async #instance(draft: DraftInstance): Promise<PlanInstance> {
    const { step } = draft;
    const { definition, plugin } = step.component;
    const engine = draft.components.some((each) => each.definition.usesEngine) ? await this.#chooseEngine() : undefined;
    const parts = await this.#parts(draft, engine);
    const options = this.#filledIn(draft.options);
    return {
      id: draft.id,
      step: step.declaration.id,
      uses: definition.type,
      kind: definition.kind,
      role: step.role,
      plugin,
      axes: this.#steps.axesOf(draft.id),
      options: draft.options,
      inputs: draft.inputs,
      fingerprint: step.role === "planned" ? await this.#runPlanned(draft, parts) : fingerprintOf(parts),
      parts,
      ...dispensableOptions(definition, options),
      ...instanceResources(step, options, { engine: engine?.identity, threads: this.#threads() }),
      produces: step.produces,
      place: draft.place,
    };
  }

  async #parts(draft: DraftInstance, engine: PlanEngine | undefined): Promise<FingerprintParts> {
    // A planned component tells the identity of what it reads: its paths need no hash beside that.
    const files = draft.step.role === "planned" ? [] : [...draft.files];
    for (const [file, place] of files) {
      if (this.#contentHashes.has(file)) continue;
      this.#contentHashes.set(file, await this.#contentHash(file, place));
    }
    const planned = draft.inputs.map((id) => this.#instances.get(id)!).filter((input) => input.role === "planned");
    return fingerprintParts(draft, {
      registry: this.registry,
      locks: this.locks,
      seed: this.document.seed,
      engine: engine?.identity,
      run: draft.step.component.definition.kind === "reporter" ? this.#printedRun(draft) : undefined,
      files: new Map(files.map(([file]) => [file, this.#contentHashes.get(file)!])),
      fingerprintOf: (handle) => this.#fingerprintOf(handle),
      axesOf: (id) => this.#steps.axesOf(id),
      inputPlugins: planned.flatMap((input) => Object.keys(input.parts.plugins)),
    });
  }

  /** Errors name the path as the plan does. */
  #contentHash(file: string, place: SourcePlace): Promise<string> {
    return contentHash(this.#filledIn(file), this.#hasher(), place, file);
  }

  /** It keeps no path on disk that holds what a secret variable does. */
  #hasher(): FileHasher {
    const { hasher } = this.how;
    hasher.hide?.(longEnough([...this.parameters.secrets.values()]));
    return hasher;
  }

  /** As a component gets it: with what secret variables hold. */
  #filledIn<Value>(value: Value): Value {
    return fillIn(value, [...this.parameters.secrets.keys()], Object.fromEntries(this.parameters.secrets));
  }

  /** Identities of planned items may be long, and every instance of a fan-out asks for them. */
  #fingerprintOf({ $artifact: { instance, item } }: ArtifactHandle): string {
    const output = this.#outputs.get(instance);
    if (!output || item === undefined) return this.#instances.get(instance)!.fingerprint;
    const key = `${instance} ${item}`;
    const fingerprint = this.#itemFingerprints.get(key) ?? plannedFingerprint(output, item);
    this.#itemFingerprints.set(key, fingerprint);
    return fingerprint;
  }

  /** Equal parts give equal outputs, so they are made once. */
  async #runPlanned(draft: DraftInstance, parts: FingerprintParts): Promise<string> {
    const key = fingerprintOf(parts);
    const ran =
      this.#outputsByParts.get(key) ??
      (await runPlanned(draft, {
        registry: this.registry,
        seed: this.document.seed,
        maxSamples: this.parameters.limits.samples,
        secrets: this.parameters.secrets,
        baseFolder: this.document.baseFolder,
        hasher: this.#hasher(),
        log: this.how.log,
        outputs: this.#outputs,
        axesOf: (id) => this.#steps.axesOf(id),
        onFault: this.how.onFault && ((item, error) => this.how.onFault?.({ instance: draft.id, item, error })),
      }));
    this.#outputsByParts.set(key, ran);
    this.#outputs.set(draft.id, ran.output);
    if (ran.looks) this.#looking.add(draft.id);
    return plannedFingerprint(ran.output);
  }

  #items(instance: DraftInstance, axis: string, place: SourcePlace) {
    const output = this.#outputs.get(instance.id);
    if (output && "items" in output) return output.items;
    throw noList(axis, place, `${instance.id} (${instance.step.declaration.uses}), which gives one value`);
  }

  async #chooseEngine(): Promise<PlanEngine> {
    const settings: EngineSettings = { ...this.document.engine, ...defined(this.how.engine) };
    this.#engine ??= await chooseEngine({ ...settings, threads: this.#threads() }, this.registry, (setting) => {
      const flag = this.how.engine?.[setting];
      if (flag !== undefined) return `--${setting === "name" ? "engine" : setting} ${flag}`;
      return this.document.placeOf(["engine", setting]);
    });
    return this.#engine;
  }

  #threads(): number {
    return this.how.threads ?? availableParallelism();
  }

  /** With the steps that it depends on and their lines: no report names one that was renamed, or a line that moved. */
  #printedRun(draft: DraftInstance): JsonObject {
    const { name, description = null, profile = null, baseFolder } = this.document;
    const sources = draft.inputs.map((id) => this.#instances.get(id)!);
    const upstream = withUpstream(sources, [...this.#instances.values()]);
    const steps = [...new Set([...upstream.map(({ step }) => step), draft.step.declaration.id])];
    const lines = [...new Set([...upstream, draft].map(({ place }) => documentLine(place, baseFolder)))];
    return { name, description, profile, params: this.#params(), steps, lines };
  }

  /** Those that a step needed are resolved without fault; others may lack a variable, and are left out. */
  #params(): JsonObject {
    return Object.fromEntries([...this.parameters.resolved()].map(([name, node]) => [name, toJson(node)]));
  }
}

function defined<T extends object>(value: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, each]) => each !== undefined)) as Partial<T>;
}
