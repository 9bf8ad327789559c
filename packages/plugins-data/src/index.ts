import { definePlugin, defineService } from "@eosin/plugin-api";
import { sampleLoader } from "@eosin/plugin-api/imaging";
import { flip } from "./augment/flip/definition.js";
import { rotate90 } from "./augment/rotate90/definition.js";
import { cosas } from "./dataset/cosas/definition.js";
import { imageMaskFolders } from "./dataset/image-mask-folders/definition.js";
import { synthetic } from "./dataset/synthetic/definition.js";
import { table } from "./dataset/table/definition.js";
import { union } from "./dataset/union/definition.js";
import { PLUGIN_NAME } from "./plugin-name.js";
import { holdout } from "./split/holdout/definition.js";
import { leaveOneDomainOut } from "./split/leave-one-domain-out/definition.js";
import { splitColumn } from "./split/split-column/definition.js";
import { splitFile } from "./split/split-file/definition.js";
import { stratifiedKfold } from "./split/stratified-kfold/definition.js";
import { trainExternal } from "./split/train-external/definition.js";

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
