import type { EngineIdentity } from "@eosin/plugin-api/learning";
import { isGpu } from "@eosin/plugin-api/learning";
import { chooseScale, chooseWindow } from "./choose-scale.js";
import { chooseSplit } from "./choose-split.js";
import type { DataFacts } from "./data-facts.js";
import type { Recipe, Stated } from "./recipe.js";

/** Patches, below which a large network has little to learn from. */
const fewPatches = 20;
/** Pixels: five halvings leave less than three of fewer. */
const smallSide = 96;

/** Shares of all pixels: of COSAS' patches, for which the recipe was made, half are tumour. */
const [rareTumour, mostlyTumour] = [0.05, 0.75];

/** @param missing Why the encoder has no ImageNet weights here, where it has none. */
export function chooseRecipe(data: DataFacts, engine: EngineIdentity, missing?: string): Recipe {
  const scale = chooseScale(data, engine);
  const { value, why } = scale;
  return {
    scale: { value, why },
    window: chooseWindow(scale, engine),
    ...chooseNetwork(data.patches, scale.median, engine, missing),
    tumour: tumourShare(data),
    balance: balance(data),
    split: chooseSplit(data),
    presence: presenceOf(data),
  };
}

type Network = Pick<Recipe, "encoder" | "pretrained" | "decoder" | "learningRate" | "encoderRate">;

function chooseNetwork(patches: number, side: number, engine: EngineIdentity, missing?: string): Network {
  if (patches < fewPatches || side < smallSide) {
    const few = patches < fewPatches ? `${patches} patches are few` : `patches of ${Math.round(side)} px are small`;
    return {
      encoder: { value: "tiny", why: `${few}: a small encoder that trains from scratch` },
      pretrained: { value: "none", why: "nobody published weights of it" },
      decoder: {
        value: { outputStride: 1, channels: [64, 48, 32, 16, 16] },
        why: "the decoder ends at the full size, with few channels: a small network can afford it",
      },
      learningRate: { value: 0.003, why: "of AdamW: small networks take larger steps" },
      encoderRate: {
        value: 1,
        why: "of the learning rate, for the encoder: it starts from scratch as the decoder does",
      },
    };
  }
  const gpu = isGpu(engine.device);
  return {
    encoder: {
      value: gpu ? "efficientnet-lite2" : "efficientnet-lite0",
      why: gpu
        ? "the encoder of cosas-best.yaml on a GPU, which can afford it"
        : "a small encoder that processors train in time",
    },
    pretrained:
      missing === undefined
        ? {
            value: "imagenet",
            why: "its weights are on this machine; what they know of pictures need not be learned again",
          }
        : { value: "none", why: `${missing} Then write imagenet here, and 0.27 as encoderRate: it gives better masks` },
    decoder: {
      value: { outputStride: 2, channels: [128, 64, 32, 16] },
      why: "the decoder ends at half the size and is a narrow one: both save more than half of the time",
    },
    learningRate: { value: 0.0015, why: "of AdamW: that of cosas-lite0.yaml" },
    encoderRate:
      missing === undefined
        ? { value: 0.27, why: "of the learning rate, for the encoder: what ImageNet taught moves slower" }
        : { value: 1, why: "of the learning rate, for the encoder: it starts from scratch as the decoder does" },
  };
}

function tumourShare({ tumour }: DataFacts): Stated<number> {
  const seen = `tumour is on ${percent(tumour)} of the pixels`;
  const what = "share of the windows that are laid around a pixel of tumour";
  if (tumour >= mostlyTumour) return { value: 0, why: `${what}: ${seen}, so that windows hold enough of it by chance` };
  if (tumour < rareTumour) return { value: 0.5, why: `${what}: ${seen}, so that most others hold none` };
  return { value: 0.33, why: `${what}: ${seen}; a third, as in cosas-lite0.yaml and about as in nnU-Net` };
}

function balance({ domains }: DataFacts): Stated<boolean> {
  const many = domains.length > 1;
  return {
    value: many,
    why: many
      ? `each of the ${domains.length} domains is drawn equally often (${domains[0][1]} patches in the largest, ${domains[domains.length - 1][1]} in the smallest)`
      : "",
  };
}

function presenceOf({ free, judged }: DataFacts): Stated<readonly number[]> {
  if (free === 0) return { value: [0], why: "every patch holds tumour: whether there is any is not asked" };
  return {
    value: [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95],
    why:
      `${free} of ${judged} patches are free of tumour, and one false pixel there makes their Dice 0: a patch has none ` +
      "where its surest pixels are at most so sure of it. [0] leaves that out",
  };
}

export function percent(share: number): string {
  const percents = 100 * share;
  return `${percents > 0 && percents < 10 ? percents.toPrecision(2) : Math.round(percents)} %`;
}
