import { resolve } from "node:path";
import { fillIn } from "@eosin/core";
import { EosinError, type ProgressUpdate } from "@eosin/plugin-api";
import { engineProvider, type TrainedModel } from "@eosin/plugin-api/learning";
import type { PredictedImages } from "@eosin/plugins-model/predict";
import { datasetRemarks } from "../dataset-remarks.js";
import { defaultJobs } from "../default-jobs.js";
import { exitCodes } from "../exit-codes.js";
import { failedImageJson, failedImageLines } from "../failed-images.js";
import { findModelInstance } from "../find-model.js";
import { findRun } from "../find-run.js";
import { formatSeconds } from "../format.js";
import { interruptSignal } from "../interrupt-signal.js";
import { openRunStore } from "../open-run-store.js";
import { statusLine } from "../progress/status-line.js";
import { type ReadingFlags, readingOptions } from "../reading-flags.js";
import { readingLines } from "../reading-lines.js";
import { loadRunPlugins } from "../run-plugins.js";
import { stderrLogger } from "../stderr-logger.js";
import { print, printError } from "../terminal.js";

interface PredictOptions extends ReadingFlags {
  readonly out: string;
  readonly model?: string;
  readonly rotations: string;
  readonly threshold: string;
  readonly engine: string;
  readonly device?: string;
  readonly store?: string;
  readonly trust?: boolean;
  readonly json?: boolean;
}

export async function predict(run: string, images: string[], options: PredictOptions): Promise<number> {
  const asked = {
    ...readingOptions(options),
    images,
    out: resolve(options.out),
    rotations: parseRotations(options.rotations),
    threshold: parseThreshold(options.threshold),
  };
  const found = await findRun(run, options.store);
  const { plan, folder } = found;
  const instance = findModelInstance(plan, options.model);
  const store = await openRunStore(found);
  const model = await store.read(instance.fingerprint);
  const registry = await loadRunPlugins(found, { hasher: store.hasher, trust: options.trust });
  const provider = await registry.services.get(engineProvider);
  const { engine: name, device } = options;
  const engine = await provider.choose({ name, precision: "float32", threads: defaultJobs(), device });
  const { predictImages } = await import("@eosin/plugins-model/predict");
  const status = statusLine();
  const interrupt = interruptSignal();
  try {
    const predicted = await predictImages(
      {
        services: registry.services,
        modules: registry.modules,
        log: stderrLogger,
        create: (spec, state) => registry.create(spec, stderrLogger, state),
      },
      {
        ...asked,
        model: {
          value: fillIn(model.value, plan.secrets ?? [], process.env) as unknown as TrainedModel,
          weights: model.blobPath("weights.safetensors"),
        },
        engine: engine.identity,
        origin: { run: folder, instance: instance.id },
        signal: interrupt.signal,
        progress: (update) => status.update({ ...update, message: timeLeft(update) }),
      },
    );
    status.end();
    report(predicted, asked.out, options.json === true);
    if (interrupt.signal.aborted) return exitCodes.interrupted;
    return predicted.failed.length > 0 ? exitCodes.stepFailed : exitCodes.done;
  } finally {
    interrupt.release();
  }
}

function timeLeft({ current, total = current, rate }: ProgressUpdate): string | undefined {
  if (rate === undefined || current >= total) return undefined;
  return `about ${formatSeconds((total - current) / rate.value)} left`;
}

function report(predicted: PredictedImages, out: string, json: boolean): void {
  const { written, failed, remarks, passedOver, notes, left } = predicted;
  if (json) {
    const result = { out, written, failed: failed.map(failedImageJson), remarks, passedOver, notes, left };
    print(`${JSON.stringify(result, null, 2)}\n`);
    return;
  }
  for (const { image, mask, coverage } of written) {
    print(`${image}  ${(100 * coverage).toFixed(1)} % tumour  ${mask}\n`);
  }
  const lines = [...datasetRemarks({ passedOver, remarks: notes }), ...readingLines(remarks)];
  if (left > 0) lines.push(`interrupted: ${left} images were not come to`);
  if (failed.length > 0) lines.push("", ...failedImageLines(failed, written.length + failed.length + left));
  if (lines.length > 0) printError(`${lines.join("\n")}\n`);
}

const quarterTurns = [0, 90, 180, 270] as const;

function parseRotations(text: string): (typeof quarterTurns)[number][] {
  return text.split(",").map((part) => {
    const turn = quarterTurns.find((each) => part.trim() === String(each));
    if (turn !== undefined) return turn;
    throw wrongFlag("--rotations", "a list of 0, 90, 180 and 270", text);
  });
}

function parseThreshold(text: string): number {
  const value = Number(text);
  if (value >= 0 && value <= 1 && text.trim() !== "") return value;
  throw wrongFlag("--threshold", "a number from 0 to 1", text);
}

function wrongFlag(place: string, expected: string, found: string): EosinError {
  return new EosinError({ code: "BAD_FLAG", message: `${place} is not understood.`, place, expected, found });
}
