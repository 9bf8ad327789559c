import { availableParallelism } from "node:os";
import { basename, dirname, extname, isAbsolute, relative, resolve } from "node:path";
import { throwFound } from "@eosin/core";
import { EosinError, type LookLine } from "@eosin/plugin-api";
import type { CommandContext, PlannedData, StepLook } from "@eosin/plugin-api/commands";
import { dataSurveyor, type RecognisedDataset, type SurveyedSample } from "@eosin/plugin-api/imaging";
import { type EngineIdentity, engineProvider } from "@eosin/plugin-api/learning";
import { percent } from "./choose-recipe.js";
import { type DataFacts, dataFacts } from "./data-facts.js";
import { yaml } from "./pipeline-text.js";
import { plainFlags } from "./plain-flags.js";
import { type DraftPlace, type SettledPipeline, settleRecipe } from "./settle-recipe.js";

/** Paths in the document are relative to the folder of `file`. */
export interface InitRequest extends DraftPlace {
  /** Folder of pictures and masks, or a table of them. */
  readonly data: string;
  /** Options of the data set as a document writes them: `classes: { tumour: 255 }`. */
  readonly options: readonly string[];
}

/** A pipeline that can be planned, and what it rests on. */
export interface InitialPipeline extends SettledPipeline {
  readonly name: string;
  readonly facts: DataFacts;
  readonly engine: EngineIdentity;
  /** What the look at the data says. */
  readonly lines: readonly LookLine[];
}

/**
 * Looks at data and at the machine, and decides how a network is trained on it.
 * @returns Nothing where the user broke off.
 * @throws EosinError of all that is wrong with the data
 */
export async function initFromData(
  context: CommandContext,
  request: InitRequest,
): Promise<InitialPipeline | undefined> {
  const { services } = await context.loadPlugins({ trust: request.trust });
  const surveyor = await services.get(dataSurveyor);
  const recognised = await surveyor.recognise(request.data);
  const options = optionLines(recognised, request);
  const look = await lookAt(context, recognised.uses, options, request);
  if (look === undefined) return undefined;
  const samples = look.look === undefined ? [] : await surveyor.samplesOf(look.look);
  const facts = dataFacts(requireMasks(samples, request.data));
  const threads = availableParallelism();
  const provider = await services.get(engineProvider);
  const { identity: engine } = await provider.choose({ name: "auto", precision: "float32", threads });
  const name = nameOf(request.data);
  const data = { uses: recognised.uses, options, why: dataReasons(recognised, facts) };
  const settled = await settleRecipe({ name, data, facts, engine }, request);
  return { ...settled, name, facts, engine, lines: look.look?.value.lines ?? [] };
}

/** The options that were recognised, under those that the user gave. */
function optionLines(
  { with: recognised, paths }: RecognisedDataset,
  { file, options }: InitRequest,
): readonly string[] {
  const given = new Set(options.map((line) => line.split(":")[0]));
  const own = Object.entries(recognised).filter(([name]) => !given.has(name));
  const lines = own.map(
    ([name, value]) => `${name}: ${yaml(paths.includes(name) ? pathFrom(file, String(value)) : value)}`,
  );
  return [...lines, ...options];
}

/** Relative where data is beside the document or below it: then both can move together. */
function pathFrom(file: string, path: string): string {
  const below = relative(dirname(file), path).replaceAll("\\", "/");
  return below.startsWith("..") || isAbsolute(below) ? path : `./${below}`;
}

/** @throws EosinError of the first fault, which carries the others */
async function lookAt(
  context: CommandContext,
  uses: string,
  options: readonly string[],
  { file, trust }: InitRequest,
): Promise<StepLook | undefined> {
  const plugins = ["plugins-data", "plugins-stain"].map((each) => `  "@eosin/${each}": "*"`);
  const text = ["name: init", "plugins:", ...plugins, "steps:", "  data:", `    uses: ${uses}`, "    with:"]
    .concat(options.map((line) => `      ${line}`))
    .join("\n");
  const data = await context.planData({ ...plainFlags(trust), file, text });
  throwFaults(data.steps.flatMap(({ faults }) => faults.map(({ error }) => error)));
  const looked = await lookWithStatus(context, data);
  const look = looked?.get("data");
  throwFaults(look?.faults.map(({ error }) => error) ?? []);
  return look;
}

async function lookWithStatus({ output, signal }: CommandContext, data: PlannedData) {
  const status = output.statusLine();
  return data
    .look({ fresh: false, signal, progress: status.update })
    .catch((error: unknown) => {
      if (!signal.aborted) throw error;
      return undefined;
    })
    .finally(status.end);
}

const shownFaults = 5;

/** Says how the option that a fault asks for is given here. */
function throwFaults(errors: readonly EosinError[]): void {
  const shown = errors.slice(0, shownFaults).map((error) => {
    const hint = "Options of the data set are given as --with 'NAME: VALUE'; pipe data check FOLDER lists all faults.";
    return new EosinError({
      ...error,
      message: error.message,
      cause: error.cause,
      next: `${error.next ?? ""} ${hint}`.trim(),
    });
  });
  throwFound(shown);
}

/** @throws EosinError where there is nothing that a network could learn */
function requireMasks(samples: readonly SurveyedSample[], place: string): readonly SurveyedSample[] {
  const shares = samples.flatMap(({ tumour }) => (tumour === undefined ? [] : [tumour]));
  const found =
    shares.length === 0
      ? "no masks"
      : shares.every((share) => share === 0)
        ? "no tumour in any mask"
        : shares.every((share) => share === 1)
          ? "tumour on every pixel of every mask"
          : undefined;
  if (found === undefined) return samples;
  throw new EosinError({
    code: "NOTHING_TO_LEARN",
    message: "The data does not show a network what tumour is.",
    place,
    expected: "masks with tumour and with normal tissue",
    found: `${found}, of ${samples.length} images`,
    next: "Say which labels are tumour: --with 'classes: { tumour: 1 }'; pipe data check FOLDER shows the masks.",
  });
}

function dataReasons(
  { layout }: RecognisedDataset,
  { patches, domains, free, judged, tumour }: DataFacts,
): readonly string[] {
  const counts =
    domains.length > 6 ? `${domains.length} domains` : domains.map(([name, count]) => `${name} ${count}`).join(", ");
  return [
    `${layout}: ${patches} patches (${counts}), tumour on ${percent(tumour)} of the pixels, ${free} of ${judged} patches without any`,
  ];
}

/** A name of runs and files: letters, digits and hyphens. */
export function nameOf(data: string): string {
  const path = resolve(data);
  const name = basename(path, extname(path))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return /^[a-z]/.test(name) ? name : `data${name === "" ? "" : `-${name}`}`;
}
