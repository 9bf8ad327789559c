import { definePlugin } from "@eosin/plugin-api";
import { colourJitter } from "./augmenters/colour-jitter/definition.js";
import { densityTargets } from "./augmenters/density-targets/definition.js";
import { fourierMixing } from "./augmenters/fourier-mixing/definition.js";
import { grey } from "./augmenters/grey/definition.js";
import { hedJitter } from "./augmenters/hed-jitter/definition.js";
import { mix } from "./augmenters/mix/definition.js";
import { oneOf } from "./augmenters/one-of/definition.js";
import { randomNormalization } from "./augmenters/random-normalization/definition.js";
import { randStainNA } from "./augmenters/randstainna/definition.js";
import { separationAugment } from "./augmenters/separation-augment/definition.js";
import { macenko } from "./normalizers/macenko/definition.js";
import { reinhard } from "./normalizers/reinhard/definition.js";
import { ruifrok } from "./normalizers/ruifrok/definition.js";
import { spcn } from "./normalizers/spcn/definition.js";
import { vahadane } from "./normalizers/vahadane/definition.js";
import { basisSeparator } from "./separators/basis/definition.js";
import { macenkoSeparator } from "./separators/macenko/definition.js";
import { ruifrokSeparator } from "./separators/ruifrok/definition.js";
import { spcnSeparator } from "./separators/spcn/definition.js";
import { vahadaneSeparator } from "./separators/vahadane/definition.js";
import { separate } from "./steps/separate/definition.js";
import { stainSheet } from "./steps/sheet/definition.js";

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
    randomNormalization,
    fourierMixing,
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
