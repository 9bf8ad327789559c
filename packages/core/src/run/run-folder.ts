import { closeSync, constants, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { removeAbandonedIn, temporaryBeside } from "@eosin/support/temporary-file";
import type { Plan, PlanInstance } from "../plan/plan.js";
import { writePlanFile } from "../plan/plan-file.js";
import type { Store } from "../store/store.js";
import { toStoreError, withStoreErrors } from "../store/store-error.js";
import type { RunEvent } from "./event.js";
import { instanceFileNames, toFileName } from "./file-name.js";
import { type RunDemand, writeDemand } from "./run-demand.js";

/** Tells folders apart that one process makes at once. */
let begun = 0;

/** The record of one run: document, plan, lock, events, artifacts, logs, reports. Nothing reads it to compute anything. */
export class RunFolder {
  readonly path: string;
  readonly planFile: string;
  readonly #events: number;
  /** By instance id. */
  readonly #fileNames: ReadonlyMap<string, string>;
  #eventFault: unknown;

  private constructor(path: string, plan: Plan) {
    this.path = path;
    this.#fileNames = instanceFileNames(plan.instances.map(({ id }) => id));
    this.planFile = join(path, "plan.json");
    this.#events = openSync(join(path, "events.jsonl"), "a");
  }

  /** A run that is killed meanwhile leaves no folder that looks like one of a run; the next one removes what it left. */
  static async create(runsFolder: string, plan: Plan, demand?: RunDemand): Promise<RunFolder> {
    return withStoreErrors(runsFolder, async () => {
      mkdirSync(runsFolder, { recursive: true });
      removeAbandonedIn(runsFolder);
      const path = temporaryBeside(join(runsFolder, `.begun-${begun++}`));
      mkdirSync(join(path, "logs"), { recursive: true });
      // Whoever finds a plan in it may look for events, too.
      writeFileSync(join(path, "events.jsonl"), "");
      writePlanFile(join(path, "plan.json"), plan);
      writeFileSync(join(path, "lock.json"), toJson({ plugins: plan.plugins }));
      if (demand) writeDemand(path, withoutSecrets(demand, plan.secrets));
      await copyFile(plan.document.file, join(path, "document.yaml"));
      return new RunFolder(nameFolder(path, plan.document.name), plan);
    });
  }

  logFile(instance: PlanInstance): string {
    return join(this.path, "logs", `${this.#fileName(instance)}.log`);
  }

  /** Writes the plan as it is for an instance that goes on without some of its inputs. */
  incompletePlanFile(plan: Plan, instance: PlanInstance): string {
    const instances = plan.instances.map((each) => (each.id === instance.id ? instance : each));
    const file = join(this.path, `plan-${this.#fileName(instance)}.json`);
    writePlanFile(file, { ...plan, instances });
    return file;
  }

  #fileName({ id }: PlanInstance): string {
    return this.#fileNames.get(id) ?? id;
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
        const target = join(this.path, this.#fileName(instance), name);
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
function nameFolder(unnamed: string, name: string): string {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll("-", "").replaceAll(":", "").replace("T", "-");
  const base = `${stamp}-${toFileName(basename(name).replaceAll(/[^\p{L}\p{M}\p{N}_.-]+/gu, "-"))}`;
  for (let attempt = 1; ; attempt++) {
    const path = join(dirname(unnamed), attempt === 1 ? base : `${base}-${attempt}`);
    try {
      // The folder of a run is never empty, so that no other one can be moved over it.
      renameSync(unnamed, path);
      return path;
    } catch (error) {
      const taken = ["EEXIST", "ENOTEMPTY", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "");
      if (!taken || attempt === 1000) throw error;
    }
  }
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
