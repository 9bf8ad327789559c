import { closeSync, constants, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Plan, PlanInstance } from "../plan/plan.js";
import { planText } from "../plan/plan-text.js";
import type { Store } from "../store/store.js";
import { toStoreError, withStoreErrors } from "../store/store-error.js";
import type { RunEvent } from "./event.js";
import { toFileName } from "./file-name.js";
import { type RunDemand, writeDemand } from "./run-demand.js";

/** The record of one run: document, plan, lock, events, artifacts, logs, reports. Nothing reads it to compute anything. */
export class RunFolder {
  readonly path: string;
  readonly planFile: string;
  readonly #events: number;
  #eventFault: unknown;

  private constructor(path: string) {
    this.path = path;
    this.planFile = join(path, "plan.json");
    this.#events = openSync(join(path, "events.jsonl"), "a");
  }

  static async create(runsFolder: string, plan: Plan, demand?: RunDemand): Promise<RunFolder> {
    return withStoreErrors(runsFolder, async () => {
      const run = new RunFolder(makeFolder(runsFolder, plan.document.name));
      writeFileSync(run.planFile, planText(plan));
      writeFileSync(join(run.path, "lock.json"), toJson({ plugins: plan.plugins }));
      if (demand) writeDemand(run.path, withoutSecrets(demand, plan.secrets));
      await copyFile(plan.document.file, join(run.path, "document.yaml"));
      mkdirSync(join(run.path, "logs"));
      return run;
    });
  }

  logFile(instance: PlanInstance): string {
    return join(this.path, "logs", `${toFileName(instance.id)}.log`);
  }

  /** Writes the plan as it is for an instance that goes on without some of its inputs. */
  incompletePlanFile(plan: Plan, instance: PlanInstance): string {
    const instances = plan.instances.map((each) => (each.id === instance.id ? instance : each));
    const file = join(this.path, `plan-${toFileName(instance.id)}.json`);
    writeFileSync(file, planText({ ...plan, instances }));
    return file;
  }

  /** A disk that fills up must not stop the steps that still run: the fault is kept for `close`. */
  append(event: RunEvent): void {
    if (this.#eventFault) return;
    try {
      writeSync(this.#events, `${JSON.stringify({ at: new Date().toISOString(), ...event })}\n`);
    } catch (error) {
      this.#eventFault = error;
    }
  }

  /** Reports are for people: they get copies under plain names, beside the record of the run. */
  async addReport(instance: PlanInstance, store: Store): Promise<void> {
    const report = await store.read(instance.fingerprint);
    await withStoreErrors(this.path, async () => {
      for (const name of report.blobNames) {
        const target = join(this.path, toFileName(instance.id), name);
        await mkdir(dirname(target), { recursive: true });
        await copyFile(report.blobPath(name), target, constants.COPYFILE_FICLONE);
      }
    });
  }

  /** @throws EosinError `STORE_FULL`, `STORE_UNWRITABLE` where the record could not be kept */
  close(artifacts: { readonly [instance: string]: string }): void {
    try {
      if (this.#eventFault) throw this.#eventFault;
      writeFileSync(join(this.path, "artifacts.json"), toJson(artifacts));
    } catch (error) {
      throw toStoreError(error, this.path);
    } finally {
      closeSync(this.#events);
    }
  }
}

/** Whoever repeats the run brings them along. */
function withoutSecrets(demand: RunDemand, secrets: readonly string[] = []): RunDemand {
  if (secrets.length === 0) return demand;
  const env = Object.entries(demand.env).filter(([name]) => !secrets.includes(name));
  return { ...demand, env: Object.fromEntries(env), secrets };
}

/** `20250131-142501-name`, with a number behind it where two runs start in one second. */
function makeFolder(runsFolder: string, name: string): string {
  mkdirSync(runsFolder, { recursive: true });
  const stamp = new Date().toISOString().slice(0, 19).replaceAll("-", "").replaceAll(":", "").replace("T", "-");
  const base = `${stamp}-${toFileName(basename(name).replaceAll(/[^\w.-]+/g, "-"))}`;
  for (let attempt = 1; ; attempt++) {
    const path = join(runsFolder, attempt === 1 ? base : `${base}-${attempt}`);
    try {
      mkdirSync(path);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || attempt === 1000) throw error;
    }
  }
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
