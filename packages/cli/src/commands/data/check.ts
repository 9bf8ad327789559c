import { readFile } from "node:fs/promises";
import { dirname, extname, join, relative, resolve } from "node:path";
import { createPlan, openStore, type Plan, type PlanInstance, type PlannedFault, type Store } from "@eosin/core";
import { type CheckedLook, checkLook } from "@eosin/core/run";
import { checkText } from "../../data-check/check-text.js";
import { type CheckedStep, type FoundProblem, problemOf } from "../../data-check/checked-step.js";
import { documentOrFolder } from "../../data-check/document-or-folder.js";
import { excludeText } from "../../data-check/exclude-text.js";
import { ownExclude, ownPage, requireReplaceable } from "../../data-check/own-file.js";
import { documentEnvironment } from "../../document-environment.js";
import { exitCodes } from "../../exit-codes.js";
import { interruptSignal } from "../../interrupt-signal.js";
import { loadPipelineDocument } from "../../load-pipeline.js";
import { rememberLooks } from "../../look-lines.js";
import type { PipelineOptions } from "../../pipeline-options.js";
import { statusLine } from "../../progress/status-line.js";
import { stderrLogger } from "../../stderr-logger.js";
import { eosinFolder } from "../../store-folder.js";
import { print, printError } from "../../terminal.js";
import { writeOutput } from "../../write-output.js";

interface CheckOptions extends PipelineOptions {
  readonly out: string;
  readonly writeExclude?: string;
  readonly fresh?: boolean;
}

/** Opens every file that a pipeline's data sets name, or that a folder holds, and reports all that is wrong at once. */
export async function check(target: string, options: CheckOptions): Promise<number> {
  const { file, source } = await documentOrFolder(target);
  await requireReplaceable(options.out, ownPage);
  if (options.writeExclude !== undefined) await requireReplaceable(options.writeExclude, ownExclude);
  const store = await openStore(join(eosinFolder(options.store), "store"));
  const { document, registry } = await loadPipelineDocument(file, options, store.hasher, source);
  const faults: PlannedFault[] = [];
  const plan = await createPlan(document, registry, {
    env: documentEnvironment(),
    hasher: store.hasher,
    log: stderrLogger,
    plannedOnly: true,
    onFault: (fault) => faults.push(fault),
  });
  await store.requireWritable();
  for (const file of furtherPages(plan, options.out)) await requireReplaceable(file, ownPage);
  const checked = await checkAll(plan, store, faults, options.fresh === true);
  if (checked === undefined) {
    printError("Interrupted. What was looked at is kept: the same command goes on from there.\n");
    return exitCodes.interrupted;
  }
  if (source === undefined) rememberLooks(file, options, plan);
  const steps = stepsOf(plan, faults, checked);
  const pages = await writePages(steps, checked, options.out);
  const problems = steps.flatMap((step) => step.problems);
  if (options.json) print(`${JSON.stringify(jsonOf(steps, pages), null, 2)}\n`);
  else print(`${checkText(steps, pages).join("\n")}\n`);
  if (options.writeExclude !== undefined) {
    const ids = [...new Set(problems.flatMap(({ id }) => id ?? []))].sort();
    await writeOutput(options.writeExclude, excludeText(ids), "Name another file with --write-exclude.");
    if (!options.json) {
      print(`exclude ${options.writeExclude}  ${ids.length} ids, for the option \`exclude\` of the data set\n`);
    }
  }
  return problems.length === 0 ? exitCodes.done : exitCodes.stepFailed;
}

/** @returns By the look's instance; nothing where it was interrupted. */
async function checkAll(
  plan: Plan,
  store: Store,
  found: readonly PlannedFault[],
  fresh: boolean,
): Promise<ReadonlyMap<string, CheckedLook> | undefined> {
  const checked = new Map<string, CheckedLook>();
  const status = statusLine();
  const interrupt = interruptSignal();
  try {
    for (const instance of plan.instances.filter(({ looksAt }) => looksAt !== undefined)) {
      // What the look at an input could not open at all has no figures for this one.
      if (instance.after?.some((before) => checked.get(before)?.look === undefined)) continue;
      const { signal } = interrupt;
      const leftOut = found.filter((fault) => fault.instance === instance.looksAt).map(({ error }) => error);
      const emit: Parameters<typeof checkLook>[0]["emit"] = (event) => {
        if (event.type === "instance-progress") status.update(event.update);
      };
      checked.set(instance.id, await checkLook({ plan, instance, store, fresh, signal, emit, checked, leftOut }));
    }
  } catch (error) {
    if (interrupt.signal.aborted) return undefined;
    throw error;
  } finally {
    interrupt.release();
    status.end();
  }
  return checked;
}

/** In plan order; a step that could not be planned stands where its faults name it. */
function stepsOf(
  plan: Plan,
  faults: readonly PlannedFault[],
  checked: ReadonlyMap<string, CheckedLook>,
): readonly CheckedStep[] {
  const planned = plan.instances.filter(({ role }) => role === "planned");
  const names = [...new Set([...planned.map(({ id }) => id), ...faults.map(({ instance }) => instance)])];
  return names.map((instance) => {
    const look = plan.instances.find(({ looksAt }) => looksAt === instance);
    const result = look && checked.get(look.id);
    const problems: FoundProblem[] = [
      ...faults.filter((fault) => fault.instance === instance).map(({ item, error }) => problemOf(item, error)),
      ...(result?.faults ?? []).map(({ item, error }) => problemOf(item, error)),
    ];
    return {
      instance,
      summary: summaryOf(
        plan,
        planned.find(({ id }) => id === instance),
      ),
      look: look?.id,
      lines: result?.look?.value.lines ?? [],
      problems,
      reused: result?.reused === true,
    };
  });
}

function summaryOf(plan: Plan, instance: PlanInstance | undefined): string {
  const output = instance && plan.planned[instance.id];
  if (output === undefined) return "could not be read";
  if ("items" in output) return output.items.length === 1 ? "1 fold" : `${output.items.length} folds`;
  return (output.value as { summary?: string }).summary ?? instance!.uses;
}

/** The first page as it was asked for; further ones carry their step's name. @returns By instance. */
async function writePages(
  steps: readonly CheckedStep[],
  checked: ReadonlyMap<string, CheckedLook>,
  out: string,
): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>();
  for (const { instance, look } of steps) {
    const artifact = look === undefined ? undefined : checked.get(look)?.look;
    if (artifact?.value.page === undefined) continue;
    const file = pages.size === 0 ? out : furtherPage(out, instance);
    // Not copied: what lies in the store may only be read.
    const text = await readFile(artifact.blobPath(artifact.value.page), "utf8");
    await writeOutput(file, text.replace(/<head>/i, `$&${ownPage.mark}`));
    pages.set(instance, relative(process.cwd(), resolve(file)) || dirname(file));
  }
  return pages;
}

/** Those that may come to be written beside the first one. */
function furtherPages(plan: Plan, out: string): readonly string[] {
  return plan.instances.flatMap(({ looksAt }) => (looksAt === undefined ? [] : [furtherPage(out, looksAt)])).slice(1);
}

function furtherPage(out: string, instance: string): string {
  const ending = extname(out);
  return `${out.slice(0, out.length - ending.length)}-${instance}${ending}`;
}

function jsonOf(steps: readonly CheckedStep[], pages: ReadonlyMap<string, string>) {
  return steps.map(({ look: _, ...step }) => ({ ...step, page: pages.get(step.instance) }));
}
