import { readFileSync } from "node:fs";
import { openEngine } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import { beforeAll, expect, it } from "vitest";
import { unetOf } from "../../testing/networks.test-support.js";
import { ownNames } from "./own-names.js";

/** Our name → timm's, for the layers of a block: the inverse of what is tested, written by hand. */
const timmFirstStage: { [ours: string]: string } = {
  _depthwise_conv: "conv_dw",
  _bn1: "bn1",
  _se_reduce: "se.conv_reduce",
  _se_expand: "se.conv_expand",
  _project_conv: "conv_pw",
  _bn2: "bn2",
};
const timmLaterStages: { [ours: string]: string } = {
  _expand_conv: "conv_pw",
  _bn0: "bn1",
  _depthwise_conv: "conv_dw",
  _bn1: "bn2",
  _se_reduce: "se.conv_reduce",
  _se_expand: "se.conv_expand",
  _project_conv: "conv_pwl",
  _bn2: "bn3",
};
const b0Stages = [1, 2, 2, 3, 3, 4, 1];

function timmName(ours: string): string {
  const outside = { _conv_stem: "conv_stem", _bn0: "bn1", _conv_head: "conv_head", _bn1: "bn2" };
  const block = /^_blocks\.(\d+)\.(\w+)\.(\w+)$/.exec(ours);
  if (!block) return ours.replace(/^\w+/, (layer) => outside[layer as keyof typeof outside]);
  let index = Number(block[1]);
  let stage = 0;
  while (index >= b0Stages[stage]) index -= b0Stages[stage++];
  return `blocks.${stage}.${index}.${(stage === 0 ? timmFirstStage : timmLaterStages)[block[2]]}.${block[3]}`;
}

/** Names of all tensors of timm 1.0.31's `tf_efficientnet_lite0`: `list(model.state_dict())`. */
const timmLite = new URL("./timm-lite0-names.json", import.meta.url);

let own: readonly string[];
let ownLite: readonly string[];
beforeAll(async () => {
  [own, ownLite] = await Promise.all([namesOf("efficientnet-b0"), namesOf("efficientnet-lite0")]);
});

async function namesOf(encoder: string): Promise<readonly string[]> {
  const engine = await openEngine({ name: "cpu", version: "test", precision: "float32", threads: 1, device: "cpu" });
  const network = await (await unetOf({ encoder })).build(engine, createRng(1));
  const names = [...network.parameters.keys()].filter((name) => name.startsWith("encoder."));
  network.dispose();
  return names.map((name) => name.slice("encoder.".length));
}

it.each<[string, (bare: string) => string]>([
  ["lukemelas", (name) => name],
  ["timm", timmName],
])("names of %s become ours", (_, rename) => {
  const found = ownNames(own.map(rename));
  expect([...found]).toEqual(own.map((name) => [rename(name), name]));
});

it("names of timm's own Lite0 become all of ours", () => {
  const names = JSON.parse(readFileSync(timmLite, "utf8")) as string[];
  const weights = names.filter((name) => !/^classifier\.|num_batches_tracked$/.test(name));
  const found = ownNames(weights);
  expect(found.size).toBe(weights.length);
  expect([...found.values()].sort()).toEqual([...ownLite].sort());
});

it("leaves out what it does not know", () => {
  expect([...ownNames(["layer1.0.conv1.weight", "_fc.weight", "conv_stem.weight"])]).toEqual([
    ["conv_stem.weight", "_conv_stem.weight"],
  ]);
});
