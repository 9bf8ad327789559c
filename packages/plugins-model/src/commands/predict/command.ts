import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { rangeHelp, readingFlags, readingLines, readingOptions } from "@eosin/pictures/command-line";
import type { ProgressUpdate } from "@eosin/plugin-api";
import { type CommandOutput, defineCommand, exitCodes, sharedOptions } from "@eosin/plugin-api/commands";
import { type ChosenSettings, datasetRemarks, type PredictionSettings } from "@eosin/plugin-api/imaging";
import { engineProvider, type TrainedModel } from "@eosin/plugin-api/learning";
import { formatSeconds } from "@eosin/support/format-seconds";
import type { PredictedImages } from "../../predict/predict-images.js";
import { describeSettings, settingsOf } from "../../predictor/settings.js";
import { failedImageJson, failedImageLines } from "./failed-images.js";
import { findModelInstances, findSettingsInstance } from "./find-model.js";
import { parseRotations, parseThreshold } from "./parse-flags.js";

const { range, page, maxPixels } = readingFlags;

export default defineCommand({
  name: "predict",
  arguments: {
    run: { help: "folder or name of a run that trained a model, or name of a document (its newest run)" },
    images: { repeatable: true, help: "image files, and folders that are searched with all below them" },
  },
  options: {
    out: {
      alias: "o",
      value: "folder",
      required: true,
      help: "where masks/, probabilities/ and predictions.json go; only earlier predictions are overwritten",
    },
    model: {
      alias: "m",
      value: "instance",
      help: "one model of those that the run has, e.g. fold-0 (default: all, averaged)",
    },
    settings: {
      value: "instance",
      help: "which step's prediction settings, or none (default: those that the run chose for the model, if any)",
    },
    rotations: {
      value: "degrees",
      help: "test-time augmentation, comma-separated (default: the settings', else 0,90,180,270)",
    },
    threshold: { value: "p", help: "probability from which a pixel is tumour (default: the settings', else 0.5)" },
    range: { ...range, help: `${rangeHelp} (default: the model's, else one that holds all)` },
    page,
    maxPixels,
    engine: { ...sharedOptions.engine, default: "auto" },
    device: sharedOptions.device,
    store: { ...sharedOptions.store, help: "the store of the run (default: beside the run)" },
    trust: sharedOptions.trust,
    json: { help: "what was written, what failed and what was passed over, as JSON" },
  },
  async run(context, { arguments: { run, images }, options }) {
    const asked = {
      ...readingOptions(options),
      images,
      out: resolve(options.out),
    };
    const flags = {
      ...(options.rotations !== undefined && { rotations: parseRotations(options.rotations) }),
      ...(options.threshold !== undefined && { threshold: parseThreshold(options.threshold) }),
    };
    const found = await context.findRun(run, options.store);
    const instances = findModelInstances(found.plan, options.model);
    const chosen = findSettingsInstance(found.plan, instances, options.settings);
    const models = await Promise.all(
      instances.map(async (instance) => {
        const model = await found.open(instance);
        const value = model.value as unknown as TrainedModel;
        return { value, weights: model.blobPath("weights.safetensors") };
      }),
    );
    const settings = {
      ...(chosen && settingsOf((await found.open(chosen)).value as unknown as ChosenSettings)),
      ...flags,
    };
    const { services, modules, create } = await found.loadPlugins({ trust: options.trust });
    const provider = await services.get(engineProvider);
    const engine = await provider.choose({
      name: options.engine,
      precision: "float32",
      threads: availableParallelism(),
      device: options.device,
    });
    const { predictImages } = await import("../../predict/predict-images.js");
    const { log, output, signal } = context;
    if (instances.length > 1) log.info(`the mean of ${instances.map(({ id }) => id).join(", ")}`);
    if (chosen) log.info(settingsLine(chosen.id, settings, Object.keys(flags)));
    const status = output.statusLine();
    const predicted = await predictImages(
      { services, modules, log, create },
      {
        ...asked,
        settings,
        models,
        engine: engine.identity,
        origin: { run: found.folder, instance: instances.map(({ id }) => id).join(", ") },
        signal,
        progress: (update) => status.update({ ...update, message: timeLeft(update) }),
      },
    );
    status.end();
    report(predicted, asked.out, options.json, output);
    if (signal.aborted) return exitCodes.interrupted;
    return predicted.failed.length > 0 ? exitCodes.stepFailed : exitCodes.done;
  },
});

/** `settings of choose[fold-0]: threshold 0.6, …; --threshold 0.7 in its place` */
function settingsLine(from: string, settings: Partial<PredictionSettings>, overridden: readonly string[]): string {
  const flags = overridden.map((name) => `--${name}`).join(" and ");
  return `settings of ${from}: ${describeSettings(settings)}${flags === "" ? "" : `, with ${flags} as given`}`;
}

function timeLeft({ current, total = current, rate }: ProgressUpdate): string | undefined {
  if (rate === undefined || current >= total) return undefined;
  return `about ${formatSeconds((total - current) / rate.value)} left`;
}

function report(predicted: PredictedImages, out: string, json: boolean, output: CommandOutput): void {
  const { written, failed, remarks, passedOver, notes, left } = predicted;
  if (json) {
    const result = { out, written, failed: failed.map(failedImageJson), remarks, passedOver, notes, left };
    output.print(`${JSON.stringify(result, null, 2)}\n`);
    return;
  }
  for (const { image, mask, coverage } of written) {
    output.print(`${image}  ${(100 * coverage).toFixed(1)} % tumour  ${mask}\n`);
  }
  const lines = [...datasetRemarks({ passedOver, remarks: notes }), ...readingLines(remarks)];
  if (left > 0) lines.push(`interrupted: ${left} images were not come to`);
  if (failed.length > 0) lines.push("", ...failedImageLines(failed, written.length + failed.length + left));
  if (lines.length > 0) output.printError(`${lines.join("\n")}\n`);
}
