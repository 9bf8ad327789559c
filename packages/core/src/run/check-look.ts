import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type Artifact,
  type ComponentSpec,
  type EosinError,
  isEosinError,
  type Look,
  lookArtifact,
  type OutputWriter,
  type PlannedComponent,
} from "@eosin/plugin-api";
import { loadLockedPlugins } from "../container/load-plugins.js";
import { ungroup } from "../errors/error-group.js";
import { openPlanned, plannedValues } from "../plan/open-planned.js";
import { fillIn } from "../secrets/stand-in.js";
import { withStoreErrors } from "../store/store-error.js";
import { fitting } from "./fitting-value.js";
import { ProgressThrottle } from "./progress-throttle.js";
import { loggerOf, lookContext, type StepWork, stepContext } from "./step-context.js";
import { veilOf } from "./veil-of.js";

/** The fault of one item that a look opened, or of all of them together. */
export interface LookFault {
  readonly item?: string;
  readonly error: EosinError;
}

export interface CheckedLook {
  /** Absent where it could not be made at all: `faults` says why. */
  readonly look?: Artifact<Look>;
  readonly faults: readonly LookFault[];
  /** It was stored. */
  readonly reused: boolean;
}

export interface LookCheck extends StepWork {
  /** Looks again although one is stored. */
  readonly fresh: boolean;
  /** Faults of the planned instance's items that planning went past. */
  readonly leftOut: readonly EosinError[];
  /** Looks of this check so far, by instance: those with faults are in no store. */
  readonly checked: ReadonlyMap<string, CheckedLook>;
}

/**
 * Makes one look in this process, past the faults of single items. Without any, also of planning, it is stored, as a run
 * would store it; with some it is in the store's cache until the next check.
 */
export async function checkLook(work: LookCheck): Promise<CheckedLook> {
  const { instance, store, fresh, signal } = work;
  // A page that was stored says nothing of what this check left out.
  const stored = fresh || work.leftOut.length > 0 ? undefined : await store.find(instance.fingerprint);
  if (stored) {
    const { value, blobNames, blobPath } = stored;
    const named = { type: "look", instance: instance.id, axes: instance.axes };
    return { look: { ...named, value: value as unknown as Look, blobNames, blobPath }, faults: [], reused: true };
  }
  const release = await store.lock(instance.fingerprint, { signal, onWait: () => {} });
  try {
    return await makeLook(work);
  } finally {
    release();
  }
}

async function makeLook(work: LookCheck): Promise<CheckedLook> {
  const { plan, instance, store, emit } = work;
  const { fingerprint, step, id, axes, uses, kind, plugin, produces, parts, options } = instance;
  const scratch = store.scratchFolder(fingerprint);
  await withStoreErrors(store.folder, () => mkdir(scratch, { recursive: true }));
  const writer = await store.writer({ fingerprint, step, instance: id, axes, uses, produces, parts });
  const kept = await keptOutput(join(store.cacheFolder("checked-looks"), fingerprint), writer);
  const progress = new ProgressThrottle((update) => emit({ type: "instance-progress", instance: id, update }));
  const log = loggerOf(work);
  const faults: LookFault[] = [];
  try {
    const registry = await loadLockedPlugins(plan.plugins, store.hasher);
    const filled = fillIn(options, plan.secrets ?? [], process.env, instance.place);
    const spec: ComponentSpec<PlannedComponent> = { uses, with: filled, kind, plugin };
    const component = await registry.create(spec, log);
    const context = lookContext(work, await stepContext(work, log, scratch, kept, progress), instance.looksAt!);
    const value = await component.look!({
      ...context,
      leftOut: work.leftOut,
      onFault: (item, error) => faults.push({ item, error }),
      lookAt: async (handle) => checkedLook(work, handle.$artifact.instance) ?? context.lookAt(handle),
      open: async (handle) => {
        const settled = checkedLook(work, handle.$artifact.instance)?.value.settled;
        return settled ? openPlanned(settled, handle, axes) : context.open(handle);
      },
      openItems: async (handle) => {
        const settled = checkedLook(work, handle.$artifact.instance)?.value.settled;
        return settled ? plannedValues(settled, handle) : context.openItems(handle);
      },
    });
    const stored = fitting(value, lookArtifact, work);
    if (faults.length === 0 && work.leftOut.length === 0) await writer.commit(veilOf(plan).value(stored));
    return { look: kept.artifact(id, axes, value), faults, reused: false };
  } catch (error) {
    if (!isEosinError(error)) throw error;
    return { faults: [...faults, ...ungroup(error).map((each) => ({ error: each }))], reused: false };
  } finally {
    progress.flush();
  }
}

function checkedLook({ plan, checked }: LookCheck, planned: string): Artifact<Look> | undefined {
  const look = plan.instances.find(({ looksAt }) => looksAt === planned);
  return look && checked.get(look.id)?.look;
}

interface KeptOutput extends OutputWriter {
  artifact(instance: string, axes: Artifact["axes"], value: Look): Artifact<Look>;
}

/** Writes for the store, and keeps a copy in `folder` that is there whether or not the artifact comes to be. */
async function keptOutput(folder: string, writer: OutputWriter): Promise<KeptOutput> {
  await rm(folder, { recursive: true, force: true });
  const names: string[] = [];
  const pathOf = async (name: string): Promise<string> => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    names.push(name);
    return path;
  };
  return {
    async write(name, data) {
      await writeFile(await pathOf(name), data);
      await writer.write(name, data);
    },
    async moveIn(name, path) {
      await copyFile(path, await pathOf(name));
      await writer.moveIn(name, path);
    },
    artifact: (instance, axes, value) => {
      const blobNames = [...names].sort();
      return { type: "look", instance, axes, value, blobNames, blobPath: (name) => join(folder, name) };
    },
  };
}
