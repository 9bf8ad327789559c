import type { ComponentContext, StepComponent } from "@eosin/plugin-api";
import { readPredictedPatch } from "../../judging/judged-patch.js";
import { drawInput, drawPrediction, drawTruth } from "../../page/case-pictures.js";
import { epochFigures, flatOptions, openTrackedModels, type TrackedModel } from "../tracking/tracked-model.js";
import { type Summary, summaryEvent, versionEvent } from "./event.js";
import type { TensorboardOptions } from "./options.js";
import { tfRecord } from "./record.js";

/** TensorBoard takes every file with `tfevents` in its name; the number is where it looks for a time of day. */
const fileName = "events.out.tfevents.0000000000.eosin";

/** A folder each model, so that TensorBoard shows each as a run: `tensorboard --logdir RUN/tensorboard`. */
export function createTensorboard(component: ComponentContext<TensorboardOptions>): StepComponent {
  const { options } = component;
  return {
    async run(context) {
      const tracked = await openTrackedModels(context, component);
      const folders = folderNames(tracked.map(({ instance }) => instance));
      for (const [index, each] of tracked.entries()) {
        const events = [versionEvent(), ...(await eventsOf(each, options.pictures))];
        await context.output.write(`${folders[index]}/${fileName}`, Buffer.concat(events.map(tfRecord)));
        context.progress({ unit: "model", current: index + 1, total: tracked.length });
      }
      return { models: folders };
    },
  };
}

async function eventsOf(tracked: TrackedModel, pictures: number): Promise<readonly Uint8Array[]> {
  const { model, test } = tracked;
  const epochs = epochFigures(model).map(({ epoch, figures }) => summaryEvent(epoch, scalars(figures)));
  const last = [
    { tag: "settings", text: settingsTable(tracked) },
    ...scalars(Object.fromEntries(Object.entries(test).map(([name, value]) => [`test/${name}`, value]))),
    ...(await drawPictures(tracked, pictures)),
  ];
  return [...epochs, summaryEvent(model.bestEpoch, last)];
}

function scalars(figures: { readonly [name: string]: number }): Summary[] {
  return Object.entries(figures).map(([tag, scalar]) => ({ tag, scalar }));
}

/** A Markdown table: where the model comes from, then its options. */
function settingsTable({ step, model }: TrackedModel): string {
  const rows = [
    ["model", model.title],
    ["step", `${step.instance}, ${step.place}`],
    ["fingerprint", step.fingerprint],
    ...flatOptions(step.options),
  ];
  const cells = rows.map(([name, value]) => `| ${name} | ${value.replaceAll("|", "\\|")} |`);
  return ["| setting | value |", "|---|---|", ...cells].join("\n");
}

async function drawPictures({ predictions }: TrackedModel, count: number): Promise<Summary[]> {
  const summaries: Summary[] = [];
  const samples = predictions?.value.samples.slice(0, count) ?? [];
  for (const [index, { id }] of samples.entries()) {
    const patch = await readPredictedPatch(predictions!, index);
    for (const [what, draw] of [
      ["input", drawInput],
      ["truth", drawTruth],
      ["prediction", drawPrediction],
    ] as const) {
      const uri = await draw(patch);
      const png = Buffer.from(uri.slice(uri.indexOf(",") + 1), "base64");
      // A large patch is drawn smaller: the header of the PNG knows.
      const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
      summaries.push({ tag: `${id}/${what}`, png, width, height });
    }
  }
  return summaries;
}

/** `train[alpha=0.3,fold=fold-0]` → `train-alpha=0.3,fold=fold-0`; a number follows where two would be the same. */
function folderNames(instances: readonly string[]): string[] {
  const taken = new Map<string, number>();
  return instances.map((instance) => {
    const name = instance.replace(/\]$/, "").replaceAll(/[^\p{L}\p{M}\p{N}_.,=-]+/gu, "-");
    const count = (taken.get(name.toLowerCase()) ?? 0) + 1;
    taken.set(name.toLowerCase(), count);
    return count === 1 ? name : `${name}-${count}`;
  });
}
