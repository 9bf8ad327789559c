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

let own: readonly string[];
beforeAll(async () => {
  const engine = await openEngine({ name: "cpu", version: "test", precision: "float32", threads: 1, device: "cpu" });
  const network = await (await unetOf({ encoder: "efficientnet-b0" })).build(engine, createRng(1));
  const names = [...network.parameters.keys()].filter((name) => name.startsWith("encoder."));
  own = names.map((name) => name.slice("encoder.".length));
  network.dispose();
});

it.each<[string, (bare: string) => string]>([
  ["lukemelas", (name) => name],
  ["timm", timmName],
])("names of %s become ours", (_, rename) => {
  const found = ownNames(own.map(rename));
  expect([...found]).toEqual(own.map((name) => [rename(name), name]));
});

it("leaves out what it does not know", () => {
  expect([...ownNames(["layer1.0.conv1.weight", "_fc.weight", "conv_stem.weight"])]).toEqual([
    ["conv_stem.weight", "_conv_stem.weight"],
  ]);
});
