import { availableParallelism } from "node:os";
import { basename, dirname, extname, isAbsolute, join, relative, resolve } from "node:path";
import { createPlan, openStore, throwFound } from "@eosin/core";
import { EosinError, type LookLine } from "@eosin/plugin-api";
import type { CommandContext, PlannedData, StepLook } from "@eosin/plugin-api/commands";
import { dataSurveyor, type RecognisedDataset, type SurveyedSample } from "@eosin/plugin-api/imaging";
import { type EngineIdentity, engineProvider } from "@eosin/plugin-api/learning";
import { machineMemory } from "@eosin/support/machine-memory";
import { documentEnvironment } from "../document-environment.js";
import { estimateCosts } from "../estimate-costs.js";
import { loadPipelineDocument } from "../load-pipeline.js";
import type { PipelineOptions } from "../pipeline-options.js";
import { packageRanges } from "../scaffold/package-versions.js";
import { stderrLogger } from "../stderr-logger.js";
import { eosinFolder } from "../store-folder.js";
import { chooseRecipe, percent } from "./choose-recipe.js";
import { chooseSchedule, usualBatch } from "./choose-schedule.js";
import { type DataFacts, dataFacts } from "./data-facts.js";
import { type DataStep, pipelineText, yaml } from "./pipeline-text.js";
import type { Recipe, Schedule } from "./recipe.js";

export interface InitRequest {
  /** Folder of pictures and masks, or a table of them. */
  readonly data: string;
  /** Where the document goes; paths in it are relative to its folder. */
  readonly file: string;
  /** Options of the data set as a document writes them: `classes: { tumour: 255 }`. */
  readonly options: readonly string[];
  readonly trust: boolean;
}

/** A pipeline that can be planned, and what it rests on. */
export interface InitialPipeline {
  readonly text: string;
  readonly name: string;
  readonly facts: DataFacts;
  readonly engine: EngineIdentity;
  readonly memoryBytes: number;
  readonly recipe: Recipe;
  readonly schedule: Schedule;
  /** What the look at the data says. */
  readonly lines: readonly LookLine[];
  /** Why the encoder starts from scratch, where weights of it are published and not here. */
  readonly missingWeights?: string;
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
  return { ...(await settle({ name, data, facts, engine }, request)), lines: look.look?.value.lines ?? [] };
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
  const data = await context.planData({ ...flags(trust), file, text });
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

interface Settled {
  readonly name: string;
  readonly data: DataStep;
  readonly facts: DataFacts;
  readonly engine: EngineIdentity;
}

/** Plans drafts until batch and weights fit the machine. */
async function settle(parts: Settled, request: InitRequest): Promise<Omit<InitialPipeline, "lines">> {
  const { facts, engine } = parts;
  const memoryBytes = machineMemory();
  const draft = async (batch: number, missing?: string) => {
    const recipe = chooseRecipe(facts, engine, missing);
    const trains = recipe.split.value.trains * facts.patches;
    const cost = { batch, flops: 1, peakBytes: 0 };
    const placeholder = pipelineText({
      ...parts,
      recipe,
      schedule: chooseSchedule(cost, trains, memoryBytes, engine),
      ranges,
    });
    const estimate = await trainingCost(placeholder, request);
    const schedule = chooseSchedule({ batch, ...estimate }, trains, memoryBytes, engine);
    return { recipe, schedule, estimate, text: pipelineText({ ...parts, recipe, schedule, ranges }) };
  };
  const ranges = packageRanges();
  let batch = usualBatch(engine);
  let best = await draft(batch);
  const missing = await weightsMissing(best.recipe, best.text, best.estimate.remarks, request);
  if (missing !== undefined) best = await draft(batch, missing);
  while (engine.device === "cpu" && batch > 1 && 2 * best.estimate.peakBytes > memoryBytes) {
    batch /= 2;
    best = await draft(batch, missing);
  }
  const { text, recipe, schedule } = best;
  await trainingCost(text, request);
  const { name } = parts;
  return {
    text,
    name,
    facts,
    engine,
    memoryBytes,
    recipe,
    schedule,
    ...(missing !== undefined && { missingWeights: missing }),
  };
}

/** What is said of the network with published weights alone: why they are not here, and how they come. */
async function weightsMissing(
  { pretrained }: Recipe,
  text: string,
  remarks: readonly string[],
  request: InitRequest,
): Promise<string | undefined> {
  if (pretrained.value === "none") return undefined;
  const { remarks: without } = await trainingCost(text.replace("pretrained: imagenet", "pretrained: none"), request);
  const said = remarks.filter((each) => !without.includes(each));
  return said.length === 0 ? undefined : said.join(" ");
}

/** Plans the document where it will be, and asks the training what a step needs. */
async function trainingCost(text: string, { file, trust }: InitRequest) {
  const { hasher } = await openStore(join(eosinFolder(undefined), "store"));
  const { document, registry } = await loadPipelineDocument(file, flags(trust), hasher, { read: async () => text });
  const plan = await createPlan(document, registry, { hasher, log: stderrLogger, env: documentEnvironment() });
  const costs = await estimateCosts(plan, registry);
  const training = costs.find(({ instances }) => instances[0].startsWith("train["));
  if (training === undefined) throw new Error("a training that tells what it needs");
  const { flops, peakBytes, remarks } = training.estimate;
  return { flops, peakBytes, remarks };
}

/** What `pipe plan` has where nothing else is said. */
function flags(trust: boolean): PipelineOptions {
  const unsaid = { profile: undefined, engine: undefined, device: undefined, precision: undefined, store: undefined };
  return { ...unsaid, set: [], limit: [], trust };
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
