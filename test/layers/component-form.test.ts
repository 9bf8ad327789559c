import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { PluginDefinition } from "@eosin/plugin-api";
import data from "@eosin/plugins-data";
import metrics from "@eosin/plugins-metrics";
import model from "@eosin/plugins-model";
import stain from "@eosin/plugins-stain";
import { describe, expect, test } from "vitest";

const packages = fileURLToPath(new URL("../../packages/", import.meta.url));

/** A folder a kind, by its plural. */
const folders: { readonly [kind: string]: string } = {
  augmenter: "augmenters",
  dataset: "datasets",
  encoder: "encoders",
  evaluator: "evaluators",
  loss: "losses",
  metric: "metrics",
  network: "networks",
  normalizer: "normalizers",
  optimizer: "optimizers",
  postprocess: "postprocesses",
  reporter: "reporters",
  schedule: "schedules",
  separator: "separators",
  split: "splits",
  step: "steps",
  trainer: "trainers",
};

/** Figures that are made of the same counts are in one folder. */
const families: { readonly [type: string]: string } = {
  ...Object.fromEntries(
    ["dice", "iou", "score", "f1", "accuracy", "sensitivity", "specificity"].map((name) => [
      `metrics/${name}`,
      "confusion",
    ]),
  ),
  "metrics/auroc": "ranking",
  "metrics/pr-auc": "ranking",
};

describe.each([data, metrics, model, stain] as readonly PluginDefinition[])("$name", (plugin) => {
  const source = join(packages, plugin.name.replace("@eosin/", ""), "src");

  test.each(plugin.components.map(({ type, kind }) => ({ type, kind })))(
    "$type: a folder of the kind, with its options, its definition and itself",
    ({ type, kind }) => {
      const named = type.slice(type.indexOf("/") + 1);
      // The type may end with its kind, where the name alone would say too little; the folder need not.
      const short = named.endsWith(`-${kind}`) ? named.slice(0, -kind.length - 1) : named;
      const places = [families[type] ?? named, short].filter((each) => existsSync(join(source, folders[kind], each)));
      expect(places, `a folder ${folders[kind]}/${named}`).not.toEqual([]);
      const [name] = places;
      const folder = join(source, folders[kind], name);
      const definition = readFileSync(join(folder, "definition.ts"), "utf8");
      expect(definition).toContain(`"${type}"`);
      expect(readdirSync(folder)).toContain(`${name}.ts`);
      const makesOptions = /\bz\s*\n?\s*\.(object|strictObject)\(/.test(definition);
      expect(makesOptions, "options are in options.ts").toBe(false);
    },
  );

  test("every definition is a component of the plugin", () => {
    const types = new Set(plugin.components.map(({ type }) => type));
    const definitions = readdirSync(source, { recursive: true, encoding: "utf8" })
      .filter((file) => basename(file) === "definition.ts")
      .map((file) => join(source, file));
    expect(definitions.length).toBeGreaterThan(0);
    for (const file of definitions) {
      const named = [...readFileSync(file, "utf8").matchAll(/"([a-z]+\/[a-z0-9-]+)"/g)].map(([, type]) => type);
      expect(
        named.some((type) => types.has(type)),
        relative(source, dirname(file)),
      ).toBe(true);
    }
  });

  test("no barrels beside the plugin's index", () => {
    expect(existsSync(join(source, "index.ts"))).toBe(true);
    const barrels = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) =>
      /(^|\/)components\.ts$/.test(file),
    );
    expect(barrels).toEqual([]);
  });
});
