import { definePlugin, defineService } from "@eosin/plugin-api";
import { imageOpener } from "@eosin/plugin-api/imaging";
import { baselineComponents } from "./baselines/components.js";
import { evaluatorComponents } from "./evaluator/components.js";
import { lossComponents } from "./losses/components.js";
import { networkComponents } from "./networks/components.js";
import { optimizerComponents } from "./optimizers/components.js";
import { postprocessComponents } from "./postprocess/components.js";
import { predictComponents } from "./predict/components.js";
import { scheduleComponents } from "./schedules/components.js";
import { trainerComponents } from "./trainer/components.js";

export default definePlugin({
  name: "@eosin/plugins-model",
  components: [
    ...networkComponents,
    ...lossComponents,
    ...optimizerComponents,
    ...scheduleComponents,
    ...trainerComponents,
    ...evaluatorComponents,
    ...baselineComponents,
    ...postprocessComponents,
    ...predictComponents,
  ],
  services: [
    defineService(imageOpener, async ({ services }) =>
      (await import("./predict/image-opener.js")).createImageOpener(services),
    ),
  ],
  requires: ["@eosin/engine"],
});
