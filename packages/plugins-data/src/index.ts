import { definePlugin, defineService } from "@eosin/plugin-api";
import { sampleLoader } from "@eosin/plugin-api/imaging";
import { flip } from "./augmenters/flip/definition.js";
import { rotate90 } from "./augmenters/rotate90/definition.js";
import { cosas } from "./datasets/cosas/definition.js";
import { imageMaskFolders } from "./datasets/image-mask-folders/definition.js";
import { synthetic } from "./datasets/synthetic/definition.js";
import { table } from "./datasets/table/definition.js";
import { union } from "./datasets/union/definition.js";
import { PLUGIN_NAME } from "./plugin-name.js";
import { holdout } from "./splits/holdout/definition.js";
import { leaveOneDomainOut } from "./splits/leave-one-domain-out/definition.js";
import { splitColumn } from "./splits/split-column/definition.js";
import { splitFile } from "./splits/split-file/definition.js";
import { stratifiedKfold } from "./splits/stratified-kfold/definition.js";
import { trainExternal } from "./splits/train-external/definition.js";

/** Datasets, splits, geometric augmenters and the sample loader. */
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
    leaveOneDomainOut,
    trainExternal,
    holdout,
    flip,
    rotate90,
  ],
  services: [defineService(sampleLoader, async () => (await import("./loader/sample-loader.js")).createSampleLoader())],
});
