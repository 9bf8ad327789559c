import { definePlugin, defineService } from "@eosin/plugin-api";
import { dataSurveyor, sampleLoader } from "@eosin/plugin-api/imaging";
import { affine } from "./augmenters/affine/definition.js";
import { blur } from "./augmenters/blur/definition.js";
import { brightness } from "./augmenters/brightness/definition.js";
import { contrast } from "./augmenters/contrast/definition.js";
import { cutOut } from "./augmenters/cut-out/definition.js";
import { elastic } from "./augmenters/elastic/definition.js";
import { flip } from "./augmenters/flip/definition.js";
import { gamma } from "./augmenters/gamma/definition.js";
import { lowResolution } from "./augmenters/low-resolution/definition.js";
import { noise } from "./augmenters/noise/definition.js";
import { rotate90 } from "./augmenters/rotate90/definition.js";
import { cosas } from "./datasets/cosas/definition.js";
import { imageMaskFolders } from "./datasets/image-mask-folders/definition.js";
import { synthetic } from "./datasets/synthetic/definition.js";
import { table } from "./datasets/table/definition.js";
import { union } from "./datasets/union/definition.js";
import { PLUGIN_NAME } from "./plugin-name.js";
import { holdout } from "./splits/holdout/definition.js";
import { innerFolds } from "./splits/inner-folds/definition.js";
import { leaveOneDomainOut } from "./splits/leave-one-domain-out/definition.js";
import { splitColumn } from "./splits/split-column/definition.js";
import { splitFile } from "./splits/split-file/definition.js";
import { stratifiedKfold } from "./splits/stratified-kfold/definition.js";
import { trainExternal } from "./splits/train-external/definition.js";

/** Datasets, splits, augmenters that know no stains, and the sample loader. */
export default definePlugin({
  name: PLUGIN_NAME,
  components: [
    cosas,
    imageMaskFolders,
    table,
    synthetic,
    union,
    stratifiedKfold,
    splitFile,
    splitColumn,
    innerFolds,
    leaveOneDomainOut,
    trainExternal,
    holdout,
    flip,
    rotate90,
    affine,
    elastic,
    blur,
    noise,
    brightness,
    contrast,
    gamma,
    lowResolution,
    cutOut,
  ],
  services: [
    defineService(sampleLoader, async () => (await import("./loader/sample-loader.js")).createSampleLoader()),
    defineService(dataSurveyor, async () => (await import("./survey/data-surveyor.js")).createDataSurveyor()),
  ],
});
