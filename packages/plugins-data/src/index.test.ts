import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import plugin from "./index.js";

describe("the plugin", () => {
  it("names its components", () => {
    expect(plugin.components.map(({ kind, type }) => `${kind} ${type}`)).toEqual([
      "dataset data/cosas",
      "dataset data/image-mask-folders",
      "dataset data/table",
      "dataset data/synthetic",
      "dataset data/union",
      "split data/stratified-kfold",
      "split data/split-file",
      "split data/split-column",
      "split data/inner-folds",
      "split data/leave-one-domain-out",
      "split data/train-external",
      "split data/holdout",
      "augmenter data/flip",
      "augmenter data/rotate90",
      "augmenter data/affine",
      "augmenter data/elastic",
      "augmenter data/blur",
      "augmenter data/noise",
      "augmenter data/brightness",
      "augmenter data/contrast",
      "augmenter data/gamma",
      "augmenter data/low-resolution",
      "augmenter data/cut-out",
    ]);
  });

  it("is planned with no native code", () => {
    const program = `
      const { default: plugin } = await import(${JSON.stringify(new URL("../dist/index.js", import.meta.url).href)});
      const { options, create } = plugin.components.find((each) => each.type === "data/synthetic");
      await (await create({ options: options.parse({}) })).plan({ seed: 1 });
      process.stdout.write(process.report.getReport().sharedObjects.join());`;
    const loaded = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
    expect(loaded).not.toMatch(/sharp|vips/);
  });
});
