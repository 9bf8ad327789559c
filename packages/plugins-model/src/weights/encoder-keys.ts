import type { StoredTensor, StoredTensors } from "@eosin/plugin-api/tensor-file";
import { type UnwrappedTensors, unwrap } from "./unwrap.js";

/** No weights of a network: the ImageNet classifier, and PyTorch's counters of batches and of averaged models. */
const DROPPED = /(^|\.)(_fc|fc|classifier)\.(weight|bias)$|\.num_batches_tracked$|(^|\.)n_averaged$/;

/** What models of several parts put before the keys of their encoder. */
const PART = /^(?:encoder|backbone)\./;

/** Layers of an EfficientNet by our names. */
const KNOWN = /^encoder\._(?:conv_stem|bn0|blocks|conv_head|bn1)\./;

const TIMM_OUTSIDE_BLOCKS: { readonly [name: string]: string } = {
  conv_stem: "_conv_stem",
  bn1: "_bn0",
  conv_head: "_conv_head",
  bn2: "_bn1",
};

const TIMM_EXPANDING_BLOCK: { readonly [name: string]: string } = {
  conv_pw: "_expand_conv",
  bn1: "_bn0",
  conv_dw: "_depthwise_conv",
  bn2: "_bn1",
  "se.conv_reduce": "_se_reduce",
  "se.conv_expand": "_se_expand",
  conv_pwl: "_project_conv",
  bn3: "_bn2",
};

/** Blocks of the first stage do not expand, so timm counts their layers otherwise. */
const TIMM_FIRST_STAGE_BLOCK: { readonly [name: string]: string } = {
  conv_dw: "_depthwise_conv",
  bn1: "_bn1",
  "se.conv_reduce": "_se_reduce",
  "se.conv_expand": "_se_expand",
  conv_pw: "_project_conv",
  bn2: "_bn2",
};

/** Leaves out what no network here has: the classifier's tensors and the batch counters. */
export function withoutClassifier(tensors: StoredTensors): Map<string, StoredTensor> {
  return new Map([...tensors].filter(([name]) => !DROPPED.test(name)));
}

/**
 * Names the tensors of a lone encoder as the networks do: `encoder._blocks.3._bn1.weight`. Understands the keys of
 * `lukemelas/EfficientNet-PyTorch` and of timm (whose blocks count within stages: `blocks.2.0.conv_dw.weight`).
 */
export function encoderKeys(tensors: StoredTensors): Map<string, StoredTensor> {
  const { tensors: kept } = unwrapEncoder(withoutClassifier(tensors));
  const ours = encoderNames(kept.keys());
  return new Map([...kept].map(([name, tensor]) => [ours.get(name)!, tensor]));
}

/** Takes off what wrappers put before the keys of a lone encoder. @param parts Names of the encoder's parameters. */
export function unwrapEncoder(tensors: StoredTensors, parts?: { has(name: string): boolean }): UnwrappedTensors {
  return unwrap(tensors, (names) => {
    const found = [...encoderNames(names).values()];
    return found.filter((name) => (parts ? parts.has(name) : KNOWN.test(name))).length;
  });
}

/** The name that the networks have for each name of a lone encoder's tensors. */
export function encoderNames(names: Iterable<string>): ReadonlyMap<string, string> {
  const bare = [...names].map((name) => [name, name.replace(PART, "")] as const);
  const firstOfStage = timmStageStarts(bare.map(([, name]) => name));
  return new Map(bare.map(([onFile, name]) => [onFile, `encoder.${fromTimm(name, firstOfStage) ?? name}`]));
}

const TIMM_BLOCK = /^blocks\.(\d+)\.(\d+)\.(.+)\.(\w+)$/;

/** How many blocks stand before each stage. */
function timmStageStarts(names: Iterable<string>): readonly number[] {
  const sizes: number[] = [];
  for (const name of names) {
    const match = TIMM_BLOCK.exec(name);
    if (match) sizes[Number(match[1])] = Math.max(sizes[Number(match[1])] ?? 0, Number(match[2]) + 1);
  }
  const starts = [0];
  for (const size of sizes) starts.push(starts[starts.length - 1] + (size ?? 0));
  return starts;
}

function fromTimm(name: string, firstOfStage: readonly number[]): string | undefined {
  const block = TIMM_BLOCK.exec(name);
  if (block) {
    const [, stage, index, layer, kind] = block;
    const layers = stage === "0" ? TIMM_FIRST_STAGE_BLOCK : TIMM_EXPANDING_BLOCK;
    return layers[layer] && `_blocks.${firstOfStage[Number(stage)] + Number(index)}.${layers[layer]}.${kind}`;
  }
  const [layer, kind] = name.split(".");
  return TIMM_OUTSIDE_BLOCKS[layer] && `${TIMM_OUTSIDE_BLOCKS[layer]}.${kind}`;
}
