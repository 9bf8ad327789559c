import { checkLock, createFileHasher, describeChange, differingParts, type Plan, throwFound } from "@eosin/core";
import { readDemand } from "@eosin/core/run";
import { EosinError } from "@eosin/plugin-api";
import { defineCommand, sharedOptions } from "@eosin/plugin-api/commands";
import { colors } from "../colors.js";
import { documentEnvironment } from "../document-environment.js";
import { executePlan } from "../execute-plan.js";
import { findRun } from "../find-run.js";
import { loadPipeline } from "../load-pipeline.js";
import { runHeader } from "../run-header.js";
import { fresh, jobs } from "../run-options.js";
import { print } from "../terminal.js";
import { pluginOrigins } from "../trust/admission.js";
import { isDemandMadeHere } from "../trust/made-here.js";

/** Asks for a run again as it was asked for: with the documents, profile, flags and variables of then. */
export default defineCommand({
  name: "rerun",
  arguments: { run: { help: "folder or name of a run, or name of a document (its newest run)" } },
  options: {
    locked: { help: "only with the plugins, data and engine it had, or say what is missing" },
    env: {
      value: "name=value",
      repeatable: true,
      help: "another value of a variable, e.g. where the data lies now (repeatable)",
    },
    jobs,
    fresh,
    store: { ...sharedOptions.store, help: "where outputs are kept (default: beside the run)" },
    trust: sharedOptions.trust,
    json: { help: "events as JSON lines on standard output" },
  },
  async run(_, { arguments: { run }, options }) {
    const { folder, plan: before, home } = await findRun(run, options.store);
    const demand = await readDemand(folder);
    const { files, profile, set, limit, engine } = demand;
    const env = {
      ...demand.env,
      ...secretsHere(demand.secrets),
      ...Object.fromEntries(options.env.map(parseVariable)),
    };
    const { name, precision, device } = engine;
    const asked = { profile, set, limit: limit ?? [], engine: name, precision, device, store: home };
    if (options.locked) await requireLocked(before);
    const source = { read: demand.read, env, sent: !isDemandMadeHere(folder) };
    const loaded = await loadPipeline(files[0], { ...asked, fresh: options.fresh, trust: options.trust }, source);
    const differences = differencesOf(before, loaded.plan);
    if (options.locked && differences.length > 0) throw notTheSame(folder, differences);
    if (!options.json) {
      print(`${(await runHeader(loaded, colors, source)).join("\n")}\n`);
      const same = "every step has the fingerprint that it had: the same bytes";
      print(differences.length === 0 ? `repeats  ${same}\n\n` : notes(differences));
    }
    return executePlan(loaded, { ...demand, env }, options, `rerun ${run}`);
  },
});

/** No run keeps what secret variables hold: they are those of whoever repeats it. */
function secretsHere(names: readonly string[] = []): { readonly [name: string]: string } {
  const here = documentEnvironment();
  return Object.fromEntries(names.flatMap((name) => (here[name] ? [[name, here[name]]] : [])));
}

async function requireLocked({ plugins, baseFolder }: Plan): Promise<void> {
  throwFound(await checkLock(plugins, { from: [baseFolder, ...pluginOrigins], hasher: createFileHasher() }));
}

/** Why steps would not give what they gave: the first changes that are no mere consequence of an input. */
function differencesOf(before: Plan, now: Plan): readonly string[] {
  const reasons = now.instances.flatMap((instance) => {
    const old = before.instances.find(({ id }) => id === instance.id);
    if (old === undefined) return [`${instance.id} is new`];
    if (old.fingerprint === instance.fingerprint) return [];
    if (instance.role === "planned") return [`what ${instance.id} gives changed: other files, or a changed list`];
    const own = differingParts(old.parts, instance).filter(({ what }) => what !== "input");
    return own.map((change) => `${instance.step}: ${describeChange(change)}`);
  });
  const gone = before.instances.filter(({ id }) => !now.instances.some((each) => each.id === id));
  return [...new Set([...reasons, ...gone.map(({ id }) => `${id} is gone`)])];
}

const mostNotes = 8;

function notes(differences: readonly string[]): string {
  const more = differences.length - mostNotes;
  const lines = differences.slice(0, mostNotes).map((each) => `  ${each}`);
  return ["differs from the run in:", ...lines, ...(more > 0 ? [`  … and ${more} more`] : []), "", ""].join("\n");
}

function notTheSame(folder: string, differences: readonly string[]): EosinError {
  return new EosinError({
    code: "RERUN_DIFFERS",
    message: "With the same document, flags and plugins the run would still not be the same.",
    place: folder,
    expected: "the fingerprints of the run",
    found: differences.slice(0, mostNotes).join("\n"),
    next: "Bring back what differs (data, engine, threads), or leave out --locked to run with what there is.",
  });
}

function parseVariable(assignment: string): readonly [string, string] {
  const equals = assignment.indexOf("=");
  if (equals > 0) return [assignment.slice(0, equals), assignment.slice(equals + 1)];
  throw new EosinError({
    code: "BAD_FLAG",
    message: "--env is not understood.",
    place: "--env",
    expected: "NAME=value",
    found: assignment,
  });
}
