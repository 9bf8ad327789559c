import { createRng, definePlugin } from "@eosin/plugin-api";
import { defineDataset } from "@eosin/plugin-api/imaging";
import { defineMetric } from "@eosin/plugin-api/learning";
import { z } from "zod";

/**
 * Dark disks on a light ground, the truth for segmentation tests; plain JavaScript, so that worker threads load it.
 * `blank` patches have nothing on them; of `ignored` ones the left share of the labels is ignored.
 */
const disks = defineDataset({
  type: "test/disks",
  summary: "Disks on a ground.",
  options: z.strictObject({
    blank: z.array(z.string()).optional(),
    ignored: z.record(z.string(), z.number()).optional(),
  }),
  create: ({ options }) => ({
    plan: () => {
      throw new Error("never planned");
    },
    read: async ({ id, domain, width, height }) => {
      const ignored = (options.ignored?.[id] ?? 0) * width;
      if (options.blank?.includes(id)) return blank({ id, domain, width, height }, ignored);
      const rng = createRng("disks", id);
      const radius = rng.between(0.2, 0.35) * Math.min(width, height);
      const [cx, cy] = [rng.between(0.3, 0.7) * width, rng.between(0.3, 0.7) * height];
      const image = new Uint8Array(width * height * 3);
      const mask = new Uint8Array(width * height);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const pixel = y * width + x;
          const disk = Math.hypot(x - cx, y - cy) < radius;
          mask[pixel] = x < ignored ? 255 : disk ? 1 : 0;
          const ground = disk ? [120, 60, 140] : [230, 200, 220];
          for (let c = 0; c < 3; c++) image[3 * pixel + c] = ground[c] + rng.integer(20);
        }
      }
      return { id, domain, image: { width, height, data: image }, mask: { width, height, data: mask } };
    },
  }),
});

/** Nothing but white. */
function blank({ id, domain, width, height }, ignored) {
  const image = { width, height, data: new Uint8Array(width * height * 3).fill(255) };
  const data = Uint8Array.from({ length: width * height }, (_, i) => (i % width < ignored ? 255 : 0));
  return { id, domain, image, mask: { width, height, data } };
}

const shareRight = defineMetric({
  type: "test/share-right",
  summary: "Share of the pixels that are right; undefined of none.",
  options: z.strictObject({}),
  create: () => ({
    higherIsBetter: true,
    measure: ({ truth, prediction }) => prediction.filter((label, i) => label === truth[i]).length / truth.length,
  }),
});

export default definePlugin({ name: "disks-plugin", components: [disks, shareRight] });
