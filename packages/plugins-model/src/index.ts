import { definePlugin, defineService } from "@eosin/plugin-api";
import { imageOpener } from "@eosin/plugin-api/imaging";
import { imageFiles } from "./datasets/image-files/definition.js";
import { efficientnet } from "./encoders/efficientnet/definition.js";
import { resnet } from "./encoders/resnet/definition.js";
import { tiny } from "./encoders/tiny/definition.js";
import { allForeground } from "./evaluators/baseline-all-foreground/definition.js";
import { colour } from "./evaluators/baseline-colour/definition.js";
import { ensemble } from "./evaluators/ensemble/definition.js";
import { ttaEvaluator } from "./evaluators/tta-evaluator/definition.js";
import { boundary } from "./losses/boundary/definition.js";
import { deepSupervision } from "./losses/deep-supervision/definition.js";
import { densitySupervised } from "./losses/density-supervised/definition.js";
import { diceCrossEntropy } from "./losses/dice-cross-entropy/definition.js";
import { focal } from "./losses/focal/definition.js";
import { imageLevelAuxiliary } from "./losses/image-level-auxiliary/definition.js";
import { segmentation } from "./losses/segmentation/definition.js";
import { segmentationPlusReconstruction } from "./losses/segmentation-plus-reconstruction/definition.js";
import { tversky } from "./losses/tversky/definition.js";
import { deeplabv3Plus } from "./networks/deeplabv3-plus/definition.js";
import { fpn } from "./networks/fpn/definition.js";
import { multitaskUnet } from "./networks/multitask-unet/definition.js";
import { plainUnet } from "./networks/plain-unet/definition.js";
import { residualEncoderUnet } from "./networks/residual-encoder-unet/definition.js";
import { unet } from "./networks/unet/definition.js";
import { unetPlusPlus } from "./networks/unet-plus-plus/definition.js";
import { adam } from "./optimizers/adam/definition.js";
import { adamw } from "./optimizers/adamw/definition.js";
import { sgd } from "./optimizers/sgd/definition.js";
import { minorRegionFilter } from "./postprocesses/minor-region-filter/definition.js";
import { morphology } from "./postprocesses/morphology/definition.js";
import { smallRegions } from "./postprocesses/small-regions/definition.js";
import { constant } from "./schedules/constant/definition.js";
import { cosine } from "./schedules/cosine/definition.js";
import { polynomial } from "./schedules/polynomial/definition.js";
import { chooseSettings } from "./steps/choose-settings/definition.js";
import { trainer } from "./trainers/trainer/definition.js";

/** Networks and all that trains and judges them. */
export default definePlugin({
  name: "@eosin/plugins-model",
  components: [
    multitaskUnet,
    unet,
    unetPlusPlus,
    fpn,
    deeplabv3Plus,
    plainUnet,
    residualEncoderUnet,
    efficientnet,
    resnet,
    tiny,
    segmentation,
    segmentationPlusReconstruction,
    densitySupervised,
    imageLevelAuxiliary,
    diceCrossEntropy,
    focal,
    tversky,
    boundary,
    deepSupervision,
    adam,
    adamw,
    sgd,
    constant,
    cosine,
    polynomial,
    trainer,
    ttaEvaluator,
    ensemble,
    allForeground,
    colour,
    minorRegionFilter,
    morphology,
    smallRegions,
    chooseSettings,
    imageFiles,
  ],
  services: [
    defineService(imageOpener, async ({ services }) =>
      (await import("./predict/image-opener.js")).createImageOpener(services),
    ),
  ],
  requires: ["@eosin/engine"],
});
