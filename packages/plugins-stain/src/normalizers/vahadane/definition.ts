import { defineNormalizer } from "@eosin/plugin-api/imaging";
import { vahadaneOptions } from "./options.js";

export const vahadane = defineNormalizer({
  type: "stain/vahadane",
  summary:
    "Sparse separation of the whole picture, densities scaled to the target's strongest (Vahadane 2016, StainTools).",
  options: vahadaneOptions,
  files: ["target"],
  create: async (context) => {
    const [{ createTargetedNormalizer }, { vahadaneMethod }] = await Promise.all([
      import("../target/targeted-normalizer.js"),
      import("./vahadane.js"),
    ]);
    return createTargetedNormalizer(vahadaneMethod, context);
  },
});
