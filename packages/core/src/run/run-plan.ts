import { dirname } from "node:path";
import { type MissingInput, type SerializedError, serializeError } from "@eosin/plugin-api";
import { formatBytes } from "@eosin/support/format-bytes";
import { machineMemory } from "@eosin/support/machine-memory";
import type { Plan, PlanInstance } from "../plan/plan.js";
import { Veil } from "../secrets/veil.js";
import type { Store } from "../store/store.js";
import { type ChildOutcome, runInChild } from "./child-process.js";
import { estimateInChild } from "./estimate-in-child.js";
import type { RunEvent } from "./event.js";
import { lookLines } from "./looks.js";
import { MemoryNeeds } from "./memory-needs.js";
import type { RunDemand } from "./run-demand.js";
import { RunFolder } from "./run-folder.js";
import { type Resources, Slots, thisMachine } from "./slots.js";
import { withoutMissing } from "./without-missing.js";

export interface RunRequest {
  /** Its folder is called `store`: a child is told the folder around it, as `--store` of every command. */
  readonly store: Store;
  readonly runsFolder: string;
  /** Kept in the run's folder, so that the run can be repeated from there. */
  readonly demand?: RunDemand;
  /** How many instances may run at once; threads and memory may allow fewer. */
  readonly jobs: number;
  /** Computes every instance again, from the start. */
  readonly fresh?: boolean;
  /** Starts the process of an instance; plan, instance and options are appended. */
  readonly execCommand: readonly string[];
  /** What the plan's secret variables hold, over the environment of this process. */
  readonly secrets?: { readonly [name: string]: string };
  /** Its abort interrupts the run: finished and begun work is kept. */
  readonly signal?: AbortSignal;
  onEvent(event: RunEvent): void;
}

export interface RunResult {
  readonly outcome: "done" | "failed" | "interrupted";
  /** Folder of the run's record. */
  readonly run: string;
  readonly executed: readonly string[];
  readonly reused: readonly string[];
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
  /** Instance that was skipped → the one that failed. */
  readonly causes: { readonly [instance: string]: string };
  /** Instance that failed → its error. */
  readonly errors: { readonly [instance: string]: SerializedError };
  /** Instance that went on without some of its inputs → which, and why. */
  readonly incomplete: { readonly [instance: string]: readonly MissingInput[] };
  readonly warnings: number;
  readonly seconds: number;
  /** Instance → fingerprint, of everything that is stored now. */
  readonly artifacts: { readonly [instance: string]: string };
}

/**
 * Brings every artifact of a plan into the store: what is there is reused, the rest runs as child processes in the
 * order of the plan, as many at once as fit. One that fails takes only its dependants with it, and of those only the
 * ones that cannot do without it.
 * @throws EosinError `STORE_UNWRITABLE`, `STORE_FULL`
 */
export async function runPlan(plan: Plan, request: RunRequest): Promise<RunResult> {
  const folder = await RunFolder.create(request.runsFolder, plan, request.demand);
  return new LocalRun(plan, request, folder).run();
}

class LocalRun {
  readonly #plan: Plan;
  readonly #request: RunRequest;
  readonly #veil: Veil;
  readonly #folder: RunFolder;
  readonly #slots: Slots;
  readonly #needs: MemoryNeeds;
  #executed: string[] = [];
  #reused: string[] = [];
  readonly #failed: string[] = [];
  readonly #skipped: string[] = [];
  readonly #artifacts = new Map<string, string>();
  /** Instances whose artifact of this plan there will not be → the instance that failed. */
  readonly #blocked = new Map<string, string>();
  readonly #errors = new Map<string, SerializedError>();
  readonly #incomplete = new Map<string, readonly MissingInput[]>();
  readonly #running = new Map<PlanInstance, Promise<void>>();
  /** Instances that are computed again because a reader found their output damaged. */
  readonly #recalled = new Set<string>();
  #waiting: { instance: PlanInstance; why: string }[] = [];
  #warnings = 0;

  constructor(plan: Plan, request: RunRequest, folder: RunFolder) {
    this.#plan = plan;
    this.#request = request;
    this.#veil = Veil.of(plan.secrets ?? [], { ...process.env, ...request.secrets });
    this.#folder = folder;
    this.#slots = new Slots(thisMachine(request.jobs));
    const { secrets, signal } = request;
    this.#needs = new MemoryNeeds(plan, (instances) =>
      estimateInChild({ planFile: folder.planFile, instances, env: secrets, signal }),
    );
  }

  async run(): Promise<RunResult> {
    const started = performance.now();
    const steps = this.#plan.instances.filter(({ role }) => role === "step");
    this.#emit({ type: "run-started", instances: steps.length, run: this.#folder.path });
    await this.#request.store.tidy();
    for (const instance of steps) await this.#look(instance);
    if (this.#waiting.length > 0) await this.#request.store.requireWritable();
    await this.#execute();

    const outcome = this.#outcome();
    const seconds = (performance.now() - started) / 1000;
    this.#emit({ type: "run-finished", outcome, seconds });
    const artifacts = Object.fromEntries(this.#artifacts);
    this.#folder.close(artifacts);
    return {
      outcome,
      run: this.#folder.path,
      executed: this.#executed,
      reused: this.#reused,
      failed: this.#failed,
      skipped: this.#skipped,
      causes: Object.fromEntries(this.#inPlanOrder(this.#blocked).filter(([id]) => this.#skipped.includes(id))),
      errors: Object.fromEntries(this.#inPlanOrder(this.#errors)),
      incomplete: Object.fromEntries(this.#incomplete),
      warnings: this.#warnings,
      seconds,
      artifacts,
    };
  }

  /** Reuses what the store has, or says why the instance must run. */
  async #look(instance: PlanInstance): Promise<void> {
    const { store, fresh } = this.#request;
    if (fresh) {
      this.#waiting.push({ instance, why: "a fresh start was asked for" });
      return;
    }
    const entry = await store.check(instance.fingerprint);
    if (entry.state === "stored") {
      await this.#reuse(instance).catch((error: unknown) => {
        if (!isDamage(error)) throw error;
        this.#computeAnew(instance, error.message);
      });
    } else if (entry.state === "corrupt") {
      this.#computeAnew(instance, entry.reason);
    } else {
      this.#waiting.push({ instance, why: "no stored output" });
    }
  }

  #computeAnew(instance: PlanInstance, reason: string): void {
    this.#warn(instance, `the stored output is damaged and is computed again: ${reason}`);
    this.#waiting.push({ instance, why: "its stored output was damaged" });
  }

  async #reuse(instance: PlanInstance): Promise<void> {
    await this.#store(instance);
    this.#reused.push(instance.id);
    this.#emit({ type: "instance-reused", instance: instance.id, fingerprint: instance.fingerprint });
  }

  async #store(instance: PlanInstance): Promise<void> {
    if (instance.looksAt !== undefined) await this.#sayLines(instance);
    if (instance.kind === "reporter") await this.#folder.addReport(instance, this.#request.store);
    this.#artifacts.set(instance.id, instance.fingerprint);
  }

  /** What a look found is said in every run, also where it was made in an earlier one. */
  async #sayLines(instance: PlanInstance): Promise<void> {
    for (const { level, text } of await lookLines(instance, this.#request.store)) {
      this.#emit({
        type: "instance-log",
        instance: instance.id,
        level: level === "warning" ? "warn" : "info",
        message: text,
      });
    }
  }

  async #execute(): Promise<void> {
    while (!this.#request.signal?.aborted) {
      this.#resolveBlocked();
      this.#needs.learn(this.#waiting.map(({ instance }) => instance));
      for (const next of this.#waiting.filter(({ instance }) => this.#isReady(instance))) {
        const need = this.#needs.of(next.instance);
        // It keeps its place for the second that this takes: which one starts first is the plan's order, not chance.
        if (need === undefined) break;
        if (this.#isReady(next.instance) && this.#slots.fits(need)) this.#start(next.instance, next.why, need);
      }
      const underway = [...this.#running.values(), ...this.#needs.underway];
      if (underway.length === 0) return;
      await Promise.race(underway);
    }
    await Promise.all([...this.#running.values(), ...this.#needs.underway]);
  }

  /** Two instances with one fingerprint are one piece of work: the second waits, then reuses. */
  #isReady(instance: PlanInstance): boolean {
    const waiting = new Set(this.#waiting.map((each) => each.instance.id));
    const running = [...this.#running.keys()];
    return (
      !running.some(({ fingerprint }) => fingerprint === instance.fingerprint) &&
      [...instance.inputs, ...(instance.after ?? [])].every(
        (before) => !waiting.has(before) && !running.some(({ id }) => id === before),
      )
    );
  }

  /** Instances that lack an input are skipped, or go on without it once it is known what else they lack. */
  #resolveBlocked(): void {
    for (const { instance } of this.#waiting) {
      // Nothing does without a look: what it found to be of no use must not be read.
      const failed = instance.after?.find((look) => this.#blocked.has(look));
      if (failed === undefined) continue;
      this.#waiting = this.#waiting.filter((each) => each.instance !== instance);
      const because = this.#blocked.get(failed)!;
      this.#blocked.set(instance.id, because);
      this.#skip(instance, because);
    }
    for (const { instance, why } of this.#waiting.filter((each) => !this.#incomplete.has(each.instance.id))) {
      const missing = instance.inputs.filter((input) => this.#blocked.has(input)).map((input) => this.#missing(input));
      if (missing.length === 0) continue;
      const rest = withoutMissing(instance, missing);
      if (rest && !this.#isReady(instance)) continue;
      this.#waiting = this.#waiting.filter((each) => each.instance !== instance);
      this.#blocked.set(instance.id, missing[0].because);
      if (rest) this.#continueWithout(rest, missing, why);
      else this.#skip(instance, missing[0].because);
    }
  }

  #missing(input: string): MissingInput {
    const because = this.#blocked.get(input)!;
    const { code, message } = this.#errors.get(because)!;
    const { axes } = this.#plan.instances.find(({ id }) => id === input)!;
    return { instance: input, axes, because, code, message };
  }

  #skip(instance: PlanInstance, because: string): void {
    this.#skipped.push(instance.id);
    this.#emit({ type: "instance-skipped", instance: instance.id, because });
  }

  #continueWithout(instance: PlanInstance, missing: readonly MissingInput[], why: string): void {
    this.#incomplete.set(instance.id, missing);
    this.#warn(instance, `goes on without ${missing.map((each) => each.instance).join(", ")}`);
    this.#waiting.push({ instance, why });
  }

  #start(instance: PlanInstance, why: string, need: Resources): void {
    this.#waiting = this.#waiting.filter((each) => each.instance !== instance);
    const giveBack = this.#slots.take(need);
    const running = this.#attempt(instance, why, need)
      .catch((error: unknown) => this.#fail(instance, serializeError(error)))
      .finally(() => {
        giveBack();
        this.#running.delete(instance);
      });
    this.#running.set(instance, running);
  }

  async #attempt(instance: PlanInstance, why: string, { memoryBytes = 0 }: Resources): Promise<void> {
    const { store } = this.#request;
    if ([...this.#artifacts.values()].includes(instance.fingerprint)) return this.#reuse(instance);
    if (instance.missing && !this.#request.fresh && (await store.has(instance.fingerprint))) {
      return this.#reuse(instance);
    }
    const memory = machineMemory();
    if (memoryBytes > memory) {
      this.#warn(instance, `may need ${formatBytes(memoryBytes)} of memory; this machine has ${formatBytes(memory)}`);
    }
    const continued = !this.#request.fresh && (await store.hasScratch(instance.fingerprint));
    this.#emit({
      type: "instance-started",
      instance: instance.id,
      why: continued ? `${why}; continues from what an unfinished run left` : why,
      continued,
    });
    await this.#finish(instance, await this.#runInChild(instance));
  }

  #runInChild(instance: PlanInstance): Promise<ChildOutcome> {
    const { store, execCommand, fresh, signal, secrets } = this.#request;
    return runInChild({
      instance,
      command: [
        ...execCommand,
        instance.missing ? this.#folder.incompletePlanFile(this.#plan, instance) : this.#folder.planFile,
        instance.id,
        "--store",
        dirname(store.folder),
        ...(fresh ? ["--fresh"] : []),
      ],
      logFile: this.#folder.logFile(instance),
      env: secrets,
      veil: (text) => this.#veil.text(text),
      signal,
      onEvent: (event) => this.#emit(event),
    });
  }

  async #finish(instance: PlanInstance, outcome: ChildOutcome): Promise<void> {
    if (outcome.type === "failed") {
      if (isDamage(outcome.error) && (await this.#recallInputs(instance))) return;
      return this.#fail(instance, outcome.error);
    }
    if (outcome.type === "interrupted") return;
    (outcome.type === "reused" ? this.#reused : this.#executed).push(instance.id);
    await this.#store(instance);
  }

  /**
   * A step that found an input damaged waits until that is computed again: once for each input, or a broken disk would
   * repeat it without end.
   * @returns Whether there is such an input.
   */
  async #recallInputs(reader: PlanInstance): Promise<boolean> {
    const steps = this.#plan.instances.filter(({ role }) => role === "step");
    const inputs = steps.filter(({ id }) => reader.inputs.includes(id));
    for (const { id, fingerprint } of inputs) {
      if (!this.#artifacts.has(id) || this.#recalled.has(id)) continue;
      const entry = await this.#request.store.check(fingerprint);
      if (entry.state === "stored") continue;
      const reason = entry.state === "corrupt" ? entry.reason : "it is gone";
      // Instances with one fingerprint share what is stored.
      for (const same of steps.filter((each) => this.#artifacts.get(each.id) === fingerprint)) {
        this.#recalled.add(same.id);
        this.#artifacts.delete(same.id);
        this.#executed = this.#executed.filter((each) => each !== same.id);
        this.#reused = this.#reused.filter((each) => each !== same.id);
        this.#computeAnew(same, reason);
      }
    }
    // Another reader may have found it first.
    if (inputs.every(({ id }) => this.#artifacts.has(id))) return false;
    this.#waiting.push({ instance: reader, why: "an input of it is computed again" });
    return true;
  }

  #fail(instance: PlanInstance, error: SerializedError): void {
    this.#failed.push(instance.id);
    this.#blocked.set(instance.id, instance.id);
    this.#errors.set(instance.id, error);
    this.#emit({ type: "instance-failed", instance: instance.id, error });
  }

  #outcome(): RunResult["outcome"] {
    const wanted = this.#plan.instances.filter(({ role }) => role === "step").length;
    if (this.#artifacts.size === wanted) return "done";
    return this.#request.signal?.aborted ? "interrupted" : "failed";
  }

  /** Which instance ends first depends on how many run at once. */
  #inPlanOrder<Value>(byInstance: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] {
    const ids = this.#plan.instances.map(({ id }) => id).filter((id) => byInstance.has(id));
    return ids.map((id) => [id, byInstance.get(id)!]);
  }

  #warn(instance: PlanInstance, message: string): void {
    this.#emit({ type: "instance-log", instance: instance.id, level: "warn", message });
  }

  #emit(happened: RunEvent): void {
    const event = this.#veil.value(happened);
    if (event.type === "instance-log" && event.level === "warn") this.#warnings++;
    this.#folder.append(event);
    this.#request.onEvent(event);
  }
}

/** Moved aside by who found it damaged, it is missing for those who come after. */
function isDamage(error: unknown): error is { readonly message: string } {
  const { code } = error as { code?: string };
  return code === "STORE_DAMAGED" || code === "INPUT_MISSING";
}
