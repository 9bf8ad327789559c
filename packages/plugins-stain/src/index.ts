import { definePlugin } from "@eosin/plugin-api";
import { colourJitter } from "./colour-jitter/definition.js";
import { densityTargets } from "./density-targets/definition.js";
import { grey } from "./grey/definition.js";
import { hedJitter } from "./hed-jitter/definition.js";
import { macenko } from "./macenko/definition.js";
import { oneOf } from "./one-of/definition.js";
import { randStainNA } from "./randstainna/definition.js";
import { reinhard } from "./reinhard/definition.js";
import { separationAugment } from "./separation-augment/definition.js";
import { spcnSeparator } from "./separators/spcn/definition.js";
import { stainSheet } from "./sheet/definition.js";
import { spcn } from "./spcn/definition.js";

export default definePlugin({
  name: "@eosin/plugins-stain",
  components: [
    randStainNA,
    separationAugment,
    oneOf,
    hedJitter,
    colourJitter,
    grey,
    densityTargets,
    reinhard,
    macenko,
    spcn,
    spcnSeparator,
    stainSheet,
  ],
});
