import type { DataSurveyor } from "@eosin/plugin-api/imaging";
import { readRecords } from "../look/look-blobs.js";
import { recogniseLayout } from "./recognise-layout.js";

export function createDataSurveyor(): DataSurveyor {
  return {
    recognise: recogniseLayout,
    async samplesOf(look) {
      return (await readRecords(look)).map(({ sample: { id, domain, figures } }) => {
        const { width, height, foreground } = figures;
        return { id, domain, width, height, ...(foreground !== undefined && { tumour: foreground }) };
      });
    },
  };
}
