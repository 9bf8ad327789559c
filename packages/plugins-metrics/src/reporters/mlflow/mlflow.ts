import { type ComponentContext, isEosinError, type StepComponent, type StepContext } from "@eosin/plugin-api";
import { epochFigures, flatOptions, openTrackedModels, type TrackedModel } from "../tracking/tracked-model.js";
import { type Entry, type Metric, type MlflowClient, mlflowClient, type Tags } from "./client.js";
import type { MlflowOptions } from "./options.js";

/** What one `log-batch` request may hold, and how long keys and values may be, by MLflow's documentation. */
const limits = { metrics: 1000, params: 100, key: 250, value: 500 };

export function createMlflow(component: ComponentContext<MlflowOptions>): StepComponent {
  const { options } = component;
  return {
    async run(context) {
      const tracked = await openTrackedModels(context, component);
      const client = mlflowClient(options.uri, process.env, context.signal);
      try {
        const experiment = await client.experiment(options.experiment ?? context.provenance.document.name);
        for (const [index, each] of tracked.entries()) {
          await send(client, experiment, each, context);
          context.progress({ unit: "model", current: index + 1, total: tracked.length });
        }
      } catch (error) {
        const ours = isEosinError(error) && error.code.startsWith("MLFLOW_");
        if (!ours || options.whenDown === "fail") throw error;
        context.log.warn(`${error.message} ${error.place}: ${error.found ?? ""}. Nothing more is sent.`);
        return { sent: false, models: [] };
      }
      return { sent: true, models: tracked.map(({ instance }) => instance) };
    },
  };
}

/** A run that is there and finished is left as it is; one that a broken connection left unfinished is sent again. */
async function send(client: MlflowClient, experimentId: string, tracked: TrackedModel, context: StepContext) {
  const identity = identityTags(tracked);
  const before = await client.search(experimentId, identity);
  if (before.some(({ status }) => status === "FINISHED")) {
    context.log.info(`${tracked.instance} is on the MLflow server already`);
    return;
  }
  for (const { id } of before) await client.delete(id);
  const startTime = Date.now();
  const tags = { ...identity, ...traceTags(tracked, context) };
  const id = await client.create({ experimentId, name: tracked.instance, startTime, tags });
  try {
    for (const params of chunks(paramsOf(tracked), limits.params)) await client.log(id, { params });
    for (const metrics of chunks(metricsOf(tracked, startTime), limits.metrics)) await client.log(id, { metrics });
  } catch (error) {
    // The server may be gone: the first error says so, and the next run deletes what stayed unfinished.
    await client.finish(id, "FAILED", Date.now()).catch(() => {});
    throw error;
  }
  await client.finish(id, "FINISHED", Date.now());
}

/** What makes an MLflow run the same: what was trained and what it predicted, by fingerprint, and what that is judged by. */
function identityTags({ step, predictionStep, test }: TrackedModel): Tags {
  return {
    "eosin.model": step.fingerprint,
    "eosin.predictions": predictionStep?.fingerprint ?? "none",
    "eosin.metrics": Object.keys(test).join(", ") || "none",
  };
}

function traceTags({ step, model }: TrackedModel, { provenance }: StepContext): Tags {
  const { document, profile, seed, engine, plugins } = provenance;
  return {
    "eosin.document": document.name,
    "eosin.profile": profile ?? "none",
    "eosin.step": step.instance,
    "eosin.line": step.place,
    "eosin.seed": String(seed),
    "eosin.engine": engine ? Object.values(engine).join(" ") : "none",
    "eosin.plugins": Object.entries(plugins)
      .map(([name, version]) => `${name} ${version}`)
      .join(", "),
    "eosin.title": model.title,
  };
}

function paramsOf({ step }: TrackedModel): readonly Entry[] {
  return flatOptions(step.options).map(([key, value]) => ({
    key: allowedKey(key),
    // The empty text is refused by some stores.
    value: value === "" ? "(empty)" : value.slice(0, limits.value),
  }));
}

function metricsOf({ model, test }: TrackedModel, timestamp: number): readonly Metric[] {
  const byEpoch = epochFigures(model).flatMap(({ epoch, figures }) => metricsAt(figures, epoch, timestamp));
  const final = Object.fromEntries(Object.entries(test).map(([name, value]) => [`test/${name}`, value]));
  return [...byEpoch, ...metricsAt(final, model.bestEpoch, timestamp)];
}

/** JSON has no NaN: a figure that is undefined is not sent. */
function metricsAt(figures: { readonly [name: string]: number }, step: number, timestamp: number): readonly Metric[] {
  return Object.entries(figures)
    .filter(([, value]) => Number.isFinite(value))
    .map(([key, value]) => ({ key: allowedKey(key), value, timestamp, step }));
}

/** MLflow allows letters, digits, `_`, `-`, `.`, space and `/`. */
function allowedKey(key: string): string {
  return key.replaceAll(/[^\w\-. /]/g, "_").slice(0, limits.key);
}

function chunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
