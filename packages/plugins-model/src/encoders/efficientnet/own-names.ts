/** Layers outside the classifier, by our names. */
const KNOWN = /^_(?:conv_stem|bn0|blocks|conv_head|bn1)\./;

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

/**
 * Names the tensors of a lone EfficientNet as `lukemelas/EfficientNet-PyTorch` does (`_blocks.3._bn1.weight`), which the
 * networks follow. Also understands timm's, whose blocks count within stages: `blocks.2.0.conv_dw.weight`.
 */
export function ownNames(names: readonly string[]): ReadonlyMap<string, string> {
  const firstOfStage = timmStageStarts(names);
  const named = names.map((name) => [name, fromTimm(name, firstOfStage) ?? name] as const);
  return new Map(named.filter(([, own]) => KNOWN.test(own)));
}

const TIMM_BLOCK = /^blocks\.(\d+)\.(\d+)\.(.+)\.(\w+)$/;

/** How many blocks are before each stage. */
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
