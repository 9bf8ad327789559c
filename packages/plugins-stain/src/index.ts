import { definePlugin } from "@eosin/plugin-api";
import { colourJitter } from "./colour-jitter/definition.js";
import { densityTargets } from "./density-targets/definition.js";
import { grey } from "./grey/definition.js";
import { hedJitter } from "./hed-jitter/definition.js";
import { macenko } from "./macenko/definition.js";
import { mix } from "./mix/definition.js";
import { oneOf } from "./one-of/definition.js";
import { randStainNA } from "./randstainna/definition.js";
import { reinhard } from "./reinhard/definition.js";
import { ruifrok } from "./ruifrok/definition.js";
import { separate } from "./separate/definition.js";
import { separationAugment } from "./separation-augment/definition.js";
import { basisSeparator } from "./separators/basis/definition.js";
import { macenkoSeparator } from "./separators/macenko/definition.js";
import { ruifrokSeparator } from "./separators/ruifrok/definition.js";
import { spcnSeparator } from "./separators/spcn/definition.js";
import { vahadaneSeparator } from "./separators/vahadane/definition.js";
import { stainSheet } from "./sheet/definition.js";
import { spcn } from "./spcn/definition.js";
import { vahadane } from "./vahadane/definition.js";

export default definePlugin({
  name: "@eosin/plugins-stain",
  components: [
    randStainNA,
    separationAugment,
    oneOf,
    mix,
    hedJitter,
    colourJitter,
    grey,
    densityTargets,
    reinhard,
    macenko,
    spcn,
    vahadane,
    ruifrok,
    spcnSeparator,
    vahadaneSeparator,
    macenkoSeparator,
    ruifrokSeparator,
    basisSeparator,
    separate,
    stainSheet,
  ],
});
