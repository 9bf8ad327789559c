import { join } from "node:path";
import { EosinError, type StepContext } from "@eosin/plugin-api";
import type { EpochRecord } from "@eosin/plugin-api/learning";
import { CheckpointFolder } from "../../checkpoints/checkpoint-folder.js";
import { CheckpointWriter } from "../../checkpoints/checkpoint-writer.js";
import { judgeHistory } from "./early-stopping.js";
import type { TrainerOptions } from "./options.js";
import type { TrainingData } from "./training-data.js";
import { TrainingProgress } from "./training-progress.js";
import { nonFinite, type TrainingSession } from "./training-session.js";
import type { Validation } from "./validation.js";

/**
 * Trains from the newest checkpoint, or from the start, until the epochs or the patience end; leaves the weights of the
 * chosen epoch in the session's network.
 * @returns The history, that of earlier processes included.
 */
export async function trainEpochs(
  step: StepContext,
  { epochs, earlyStopping, checkpointEvery }: TrainerOptions,
  session: TrainingSession,
  validation: Validation,
  data: TrainingData,
): Promise<readonly EpochRecord[]> {
  const folder = join(step.scratch, "checkpoints");
  const saved = await new CheckpointFolder(folder).load(step.log);
  const history: EpochRecord[] = [...(saved?.history ?? [])];
  let best = saved?.best;
  if (saved) {
    session.restoreState(saved);
    data.fallbacks.restore(saved.fallbacks);
    step.log.info(`Training continues after epoch ${saved.epoch}.`);
  }
  const from = history.length;
  const { batchesPerEpoch } = data.train;
  const progress = new TrainingProgress(step, { epochs, batchesPerEpoch });
  let stop = from > 0 && judgeHistory(history, earlyStopping).stop;
  const checkpoints = new CheckpointWriter(folder);
  try {
    for (let epoch = from + 1; epoch <= epochs && !stop; epoch++) {
      progress.startEpoch();
      const learningRate = session.learningRate((epoch - 1) * batchesPerEpoch + 1);
      const train = await session.runEpoch(data.train, epoch, step.signal, (batch, samples, { loss, dice }) =>
        progress.batch(epoch, batch, samples, { loss, ...(dice !== undefined && { dice }) }),
      );
      const judged = await session.withJudgedWeights(epoch, () => judge(validation, data, epoch, step.signal));
      if (earlyStopping?.monitor === "validation.dice") requireDice(judged, data);
      if (epoch === from + 1) reportUnjudged(step, data, { train: session.unjudged, validation: validation.unjudged });
      history.push({ epoch, learningRate, train, validation: judged });
      progress.epoch(epoch, { "train.loss": train.loss, ...prefixed("validation", judged) });
      const verdict = judgeHistory(history, earlyStopping);
      stop = verdict.stop;
      if (earlyStopping && verdict.bestEpoch === epoch) {
        best = await session.withJudgedWeights(epoch, () => session.captureWeights());
      }
      if (epoch % checkpointEvery === 0 || epoch === epochs || stop) {
        const state = await session.captureState();
        await checkpoints.begin({ epoch, history, fallbacks: data.fallbacks.get(), ...state, best });
      }
    }
    await checkpoints.end();
  } finally {
    await checkpoints.close();
  }
  if (best) session.restoreWeights(best);
  else session.settle(history.length);
  if (history.length > from) reportWaiting(step, progress, data);
  return history;
}

async function judge(
  validation: Validation,
  data: TrainingData,
  epoch: number,
  signal: AbortSignal,
): Promise<EpochRecord["validation"]> {
  if (!data.validation) return {};
  const judged = await validation.run(data.validation, signal);
  if (Number.isFinite(judged.loss)) return judged;
  throw nonFinite(epoch, "validation", judged.loss, data.split.validation);
}

/** @throws EosinError `VALIDATION_UNDEFINED`: a figure that is none cannot get better. */
function requireDice({ dice }: EpochRecord["validation"], { split }: TrainingData): void {
  if (dice !== undefined) return;
  throw new EosinError({
    code: "VALIDATION_UNDEFINED",
    message: `Early stopping watches validation.dice, and all pixels of the validation part of ${split.key} are ignored.`,
    place: "option earlyStopping",
    expected: "patches with pixels that count",
    found: `${split.validation.length} whose pixels are all ignored`,
    next: "Look at what `classes: { ignore: … }` of the data set leaves out (`pipe data check`), or watch validation.loss.",
  });
}

function reportUnjudged(
  { log }: StepContext,
  { train, validation }: TrainingData,
  unjudged: { readonly train: number; readonly validation: number },
): void {
  const of = [
    [unjudged.train, train.samplesPerEpoch, "training"],
    [unjudged.validation, validation?.samplesPerEpoch ?? 0, "validation"],
  ] as const;
  const counts = of.flatMap(([count, all, part]) => (count > 0 ? [`${count} of ${all} ${part} patches`] : []));
  if (counts.length === 0) return;
  log.warn(`All pixels of ${counts.join(" and of ")} are ignored: Dice and IoU leave these patches out.`);
}

function reportWaiting({ log }: StepContext, progress: TrainingProgress, { train, validation }: TrainingData): void {
  const waited = train.statistics.waitedSeconds + (validation?.statistics.waitedSeconds ?? 0);
  log.info(`The engine waited for data ${((100 * waited) / progress.elapsed).toFixed(1)} % of the training time.`);
}

function prefixed(prefix: string, values: { readonly [name: string]: number }): { readonly [name: string]: number } {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]));
}
