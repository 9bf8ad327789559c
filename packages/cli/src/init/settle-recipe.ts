import { join } from "node:path";
import { createPlan, openStore } from "@eosin/core";
import type { EngineIdentity } from "@eosin/plugin-api/learning";
import { machineMemory } from "@eosin/support/machine-memory";
import { documentEnvironment } from "../document-environment.js";
import { estimateCosts } from "../estimate-costs.js";
import { loadPipelineDocument } from "../load-pipeline.js";
import { packageRanges } from "../scaffold/package-versions.js";
import { stderrLogger } from "../stderr-logger.js";
import { eosinFolder } from "../store-folder.js";
import { chooseRecipe } from "./choose-recipe.js";
import { chooseSchedule, usualBatch } from "./choose-schedule.js";
import type { DataFacts } from "./data-facts.js";
import { type DataStep, pipelineText } from "./pipeline-text.js";
import { plainFlags } from "./plain-flags.js";
import type { Recipe, Schedule } from "./recipe.js";

/** Where a draft is planned as if it were written there. */
export interface DraftPlace {
  readonly file: string;
  readonly trust: boolean;
}

/** A pipeline that was planned, and what it rests on. */
export interface SettledPipeline {
  readonly text: string;
  readonly memoryBytes: number;
  readonly recipe: Recipe;
  readonly schedule: Schedule;
  /** Why the encoder starts from scratch, where weights of it are published and not here. */
  readonly missingWeights?: string;
}

/** What is planned, but for what planning itself decides. */
export interface DraftParts {
  readonly name: string;
  readonly data: DataStep;
  readonly facts: DataFacts;
  readonly engine: EngineIdentity;
}

/**
 * Plans drafts until batch and weights fit the machine; the last of them is what is returned.
 * @throws EosinError of what the data cannot give, e.g. `FOLDS_TOO_MANY`
 */
export async function settleRecipe(parts: DraftParts, place: DraftPlace): Promise<SettledPipeline> {
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
    const estimate = await trainingCost(placeholder, place);
    const schedule = chooseSchedule({ batch, ...estimate }, trains, memoryBytes, engine);
    return { recipe, schedule, estimate, text: pipelineText({ ...parts, recipe, schedule, ranges }) };
  };
  const ranges = packageRanges();
  let batch = usualBatch(engine);
  let best = await draft(batch);
  const missing = await weightsMissing(best.recipe, best.text, best.estimate.remarks, place);
  if (missing !== undefined) best = await draft(batch, missing);
  while (engine.device === "cpu" && batch > 1 && 2 * best.estimate.peakBytes > memoryBytes) {
    batch /= 2;
    best = await draft(batch, missing);
  }
  const { text, recipe, schedule } = best;
  await trainingCost(text, place);
  return { text, memoryBytes, recipe, schedule, ...(missing !== undefined && { missingWeights: missing }) };
}

/** What is said of the network with published weights alone: why they are not here, and how they come. */
async function weightsMissing(
  { pretrained }: Recipe,
  text: string,
  remarks: readonly string[],
  place: DraftPlace,
): Promise<string | undefined> {
  if (pretrained.value === "none") return undefined;
  const { remarks: without } = await trainingCost(text.replace("pretrained: imagenet", "pretrained: none"), place);
  const said = remarks.filter((each) => !without.includes(each));
  return said.length === 0 ? undefined : said.join(" ");
}

/** Plans the document where it will be, and asks the training what a step needs. */
async function trainingCost(text: string, { file, trust }: DraftPlace) {
  const { hasher } = await openStore(join(eosinFolder(undefined), "store"));
  const { document, registry } = await loadPipelineDocument(file, plainFlags(trust), hasher, {
    read: async () => text,
  });
  const plan = await createPlan(document, registry, { hasher, log: stderrLogger, env: documentEnvironment() });
  const costs = await estimateCosts(plan, registry);
  const training = costs.find(({ instances }) => instances[0].startsWith("train["));
  if (training === undefined) throw new Error("a training that tells what it needs");
  const { flops, peakBytes, remarks } = training.estimate;
  return { flops, peakBytes, remarks };
}
