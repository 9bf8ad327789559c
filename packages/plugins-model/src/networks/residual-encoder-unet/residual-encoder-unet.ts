import type { Logger } from "@eosin/plugin-api";
import type { NetworkFactory } from "@eosin/plugin-api/learning";
import { convInstanceNorm } from "../../layers/conv-instance-norm.js";
import type { Layer } from "../../layers/layer.js";
import { createStagedUnet, inTurn } from "../staged-unet.js";
import { stagesMismatch, stagesOf } from "../stages.js";
import type { ResidualEncoderUnetOptions } from "./options.js";
import { residualBlock } from "./residual-block.js";

/** nnU-Net's residual presets; all further stages have as many as the last. */
const preset = [1, 3, 4, 6];

/**
 * nnU-Net's U-Net with a residual encoder (Isensee et al., MICCAI 2024; `ResidualEncoderUNet`): a 3×3 convolution, then
 * stages of residual blocks. Parameters of the encoder: `encoder.stem.convs.0.…`, `encoder.stages.S.blocks.B.…`.
 * @throws EosinError `STAGES_MISMATCH`
 */
export function createResidualEncoderUnet(options: ResidualEncoderUnetOptions, log?: Logger): NetworkFactory {
  const stages = stagesOf(options);
  const { features } = stages;
  const blocks = blocksOf(options.blocks, features.length);
  return createStagedUnet(
    {
      title: "residual-encoder U-Net",
      stages,
      options,
      convolutions: options.convolutions,
      encoder(builder) {
        const stem = convInstanceNorm(builder, "encoder.stem.convs.0", { inputs: 3, outputs: features[0] });
        const layers = features.map((outputs, stage) => {
          const inStage = Array.from({ length: blocks[stage] }, (_, index): Layer => {
            const first = index === 0;
            return residualBlock(builder, `encoder.stages.${stage}.blocks.${index}`, {
              inputs: first ? (features[stage - 1] ?? features[0]) : outputs,
              outputs,
              stride: first && stage > 0 ? 2 : 1,
            });
          });
          const layer: Layer = (x, context) => inStage.reduce((y, block) => block(y, context), x);
          return layer;
        });
        return (image, context) => inTurn(layers, stem(image, context), context);
      },
    },
    log,
  );
}

function blocksOf(asked: readonly number[] | undefined, stages: number): readonly number[] {
  if (asked && asked.length > stages) {
    throw stagesMismatch("blocks", `at most ${stages} numbers, of ${stages} stages`, asked.join(", "));
  }
  const numbers = asked ?? preset;
  return Array.from({ length: stages }, (_, stage) => numbers[Math.min(stage, numbers.length - 1)]);
}
