import { openEngine } from "@eosin/engine";
import type { Engine } from "@eosin/plugin-api/learning";
import {
  type CheckReport,
  checkLoss,
  checkNetwork,
  checkOptimizer,
  checkPostprocess,
  checkSchedule,
} from "@eosin/plugin-api/testing";
import { beforeAll, expect, it } from "vitest";
import plugin from "./index.js";

const { components } = plugin;
const ofKind = (kind: string) =>
  components.filter((each) => each.kind === kind).map((each) => [each.type, each] as const);

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" });
});

const names = (report: CheckReport) => report.checks;

it.each(ofKind("loss"))("loss %s keeps its promises", async (type, definition) => {
  const options = type === "model/image-level-auxiliary" ? { loss: { uses: "model/segmentation" } } : {};
  const report = await checkLoss(definition, { engine, components, options });
  expect(names(report)).toContain("its gradient agrees with finite differences");
});

it.each(ofKind("network"))("network %s keeps its promises", async (_, definition) => {
  const report = await checkNetwork(definition, { engine, options: { encoder: "tiny" } });
  expect(names(report)).toContain("training reaches every trainable parameter");
});

it.each(ofKind("optimizer"))("optimizer %s keeps its promises", async (_, definition) => {
  const report = await checkOptimizer(definition, { engine });
  expect(names(report)).toContain("a training that is continued from its state gives the same weights");
});

it.each(ofKind("schedule"))("schedule %s keeps its promises", async (_, definition) => {
  expect(names(await checkSchedule(definition))).toContain("the factor depends on the progress alone");
});

it.each(ofKind("postprocess"))("postprocess %s keeps its promises", async (_, definition) => {
  expect((await checkPostprocess(definition)).imagesPerSecond).toBeGreaterThan(0);
});
