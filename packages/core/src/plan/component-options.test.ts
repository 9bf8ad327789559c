import { artifacts, augmenterKind, component, defineArtifact, defineStep, lossKind } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { z } from "zod";
import { componentOptions } from "./component-options.js";

const modelArtifact = defineArtifact("model", z.unknown());

test("every option with its type in words, default and summary; those inside a map are dotted", () => {
  const definition = defineStep({
    produces: modelArtifact,
    type: "toy/x",
    summary: "X.",
    options: z.object({
      alpha: z.number().min(0).max(1).default(0.3).describe("Weight of the reconstruction."),
      mode: z.enum(["fast", "exact"]),
      stopping: z.object({ monitor: z.string(), patience: z.int().min(1).default(10) }).optional(),
      loss: component(lossKind),
      augment: z.array(component(augmenterKind)).default([]),
      models: artifacts(modelArtifact),
    }),
    create: () => ({ run: async () => null }),
  });
  expect(componentOptions(definition)).toEqual([
    { name: "alpha", type: "a number from 0 to 1", default: "0.3", summary: "Weight of the reconstruction." },
    { name: "mode", type: "one of fast, exact", summary: "" },
    { name: "stopping", type: "a map with monitor, patience", default: "(none)", summary: "" },
    { name: "stopping.monitor", type: "a text", summary: "" },
    { name: "stopping.patience", type: "a whole number at least 1", default: "10", summary: "" },
    { name: "loss", type: "a component of kind loss: { uses: …, with: … }", summary: "" },
    {
      name: "augment",
      type: "a list of: a component of kind augmenter: { uses: …, with: … }",
      default: "[]",
      summary: "",
    },
    { name: "models", type: "references to steps that give model artifacts, such as ${steps.name}", summary: "" },
  ]);
});

test("of a choice between maps the options of each, what they share once", () => {
  const shared = { seed: z.int().default(1) };
  const average = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("ema"), decay: z.number(), ...shared }),
    z.object({ kind: z.literal("swa"), from: z.number(), ...shared }),
  ]);
  const definition = defineStep({
    produces: modelArtifact,
    type: "toy/x",
    summary: "X.",
    options: z.object({ average: average.optional() }),
    create: () => ({ run: async () => null }),
  });
  expect(componentOptions(definition).map(({ name, type }) => `${name}: ${type}`)).toEqual([
    "average: a map with kind, decay, seed or a map with kind, from, seed",
    'average.kind: "ema"',
    "average.decay: a number",
    "average.seed: a whole number",
    'average.kind: "swa"',
    "average.from: a number",
  ]);
});
