import type { Logger } from "@eosin/plugin-api";
import type { NetworkFactory } from "@eosin/plugin-api/learning";
import { stackedConvolutions } from "../../layers/conv-instance-norm.js";
import { createStagedUnet, inTurn } from "../staged-unet.js";
import { stagesOf } from "../stages.js";
import type { PlainUnetOptions } from "./options.js";

/**
 * nnU-Net's plain U-Net (Isensee et al., Nature Methods 2021; `PlainConvUNet`): a stage's first convolution halves the image.
 * Parameters of the encoder: `encoder.stages.S.0.convs.I.…`.
 * @throws EosinError `STAGES_MISMATCH`
 * @example
 * const { traits } = createPlainUnet(plainUnetOptions.parse({ patch: 256 }));
 * traits.stride; // 64: seven stages
 */
export function createPlainUnet(options: PlainUnetOptions, log?: Logger): NetworkFactory {
  const { convolutions } = options;
  const stages = stagesOf(options);
  return createStagedUnet(
    {
      title: "plain U-Net",
      stages,
      options,
      convolutions,
      encoder(builder) {
        const layers = stages.features.map((outputs, stage) =>
          stackedConvolutions(builder, `encoder.stages.${stage}.0.convs`, convolutions, {
            inputs: stages.features[stage - 1] ?? 3,
            outputs,
            stride: stage === 0 ? 1 : 2,
          }),
        );
        return (image, context) => inTurn(layers, image, context);
      },
    },
    log,
  );
}
