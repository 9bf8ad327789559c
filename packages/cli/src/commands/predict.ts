import { join, resolve } from "node:path";
import { fillIn, openStore } from "@eosin/core";
import { EosinError } from "@eosin/plugin-api";
import { engineProvider, type TrainedModel } from "@eosin/plugin-api/learning";
import { defaultJobs } from "../default-jobs.js";
import { exitCodes } from "../exit-codes.js";
import { findModelInstance, readRunPlan } from "../find-model.js";
import { statusLine } from "../progress/status-line.js";
import { loadRunPlugins } from "../run-plugins.js";
import { stderrLogger } from "../stderr-logger.js";
import { eosinFolder } from "../store-folder.js";
import { print } from "../terminal.js";

interface PredictOptions {
  readonly out: string;
  readonly model?: string;
  readonly rotations: string;
  readonly threshold: string;
  readonly engine: string;
  readonly device?: string;
  readonly store?: string;
  readonly trust?: boolean;
}

export async function predict(run: string, images: string[], options: PredictOptions): Promise<number> {
  const plan = await readRunPlan(run);
  const instance = findModelInstance(plan, options.model);
  const store = await openStore(join(eosinFolder(options.store), "store"));
  const model = await store.read(instance.fingerprint);
  const registry = await loadRunPlugins({ folder: run, plan }, { hasher: store.hasher, trust: options.trust });
  const provider = await registry.services.get(engineProvider);
  const { engine: name, device } = options;
  const engine = await provider.choose({ name, precision: "float32", threads: defaultJobs(), device });
  const { predictImages } = await import("@eosin/plugins-model/predict");
  const status = statusLine();
  const written = await predictImages(
    {
      services: registry.services,
      modules: registry.modules,
      log: stderrLogger,
      create: (spec, state) => registry.create(spec, stderrLogger, state),
    },
    {
      model: {
        value: fillIn(model.value, plan.secrets ?? [], process.env) as unknown as TrainedModel,
        weights: model.blobPath("weights.safetensors"),
      },
      images: images.map((path) => resolve(path)),
      out: resolve(options.out),
      engine: engine.identity,
      rotations: parseRotations(options.rotations),
      threshold: parseThreshold(options.threshold),
      progress: status.update,
    },
  );
  status.end();
  for (const { image, mask, coverage } of written) {
    print(`${image}  ${(100 * coverage).toFixed(1)} % tumour  ${mask}\n`);
  }
  return exitCodes.done;
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
