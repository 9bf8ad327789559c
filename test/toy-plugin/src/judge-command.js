import { EosinError, metricKind } from "@eosin/plugin-api";
import { defineCommand, exitCodes } from "@eosin/plugin-api/commands";
import { z } from "zod";

const digits = z.string().regex(/^[01]+$/, "Expected zeros and ones, a digit a pixel.");

export default defineCommand({
  name: "judge",
  arguments: { metrics: { repeatable: true, help: "types of metrics, e.g. toy/balanced-accuracy" } },
  options: {
    truth: { alias: "t", value: "pixels", schema: digits, required: true, help: "the mask: zeros and ones" },
    predicted: { alias: "p", value: "pixels", schema: digits, default: "1", help: "the prediction, likewise" },
    round: { value: "places", schema: z.coerce.number().int(), default: 2, help: "places of the figures" },
    json: { help: "the figures as JSON" },
  },
  async run({ output, loadPlugins }, { arguments: { metrics }, options }) {
    const [truth, prediction] = [options.truth, options.predicted].map((text) => Uint8Array.from(text, Number));
    if (truth.length !== prediction.length) throw lengthsDiffer(options);
    const plugins = await loadPlugins();
    const figures = {};
    for (const text of metrics) {
      const metric = await plugins.create(plugins.parse({ kind: metricKind, text, flag: "metrics" }));
      const figure = metric.measure({ truth, prediction, probability: Float32Array.from(prediction) });
      figures[text] = Number(figure.toFixed(options.round));
    }
    const lines = Object.entries(figures).map(([name, figure]) => `${output.colors.bold(name)}  ${figure}`);
    output.print(options.json ? `${JSON.stringify(figures)}\n` : `${lines.join("\n")}\n`);
    return exitCodes.done;
  },
});

function lengthsDiffer({ truth, predicted }) {
  return new EosinError({
    code: "TOY_LENGTHS",
    message: "The two differ in their numbers of pixels.",
    place: "--predicted",
    expected: `${truth.length} pixels`,
    found: `${predicted.length} pixels`,
    next: "Type as many as --truth has.",
  });
}
