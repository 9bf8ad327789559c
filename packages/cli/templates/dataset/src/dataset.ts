import { createHash } from "node:crypto";
import { createRng } from "@eosin/plugin-api";
import type { DatasetComponent, DatasetIndex, Sample, SampleEntry } from "@eosin/plugin-api/imaging";
import { plugin, type } from "./definition.js";
import type { Options } from "./options.js";

const grounds = { rose: [235, 190, 215], lilac: [205, 190, 235] } as const;

/** All that a patch is drawn from. */
interface Recipe {
  readonly seed: number;
  readonly domain: keyof typeof grounds;
  readonly index: number;
}

/** The index is made while planning; pixels are drawn where they are needed, in any thread. */
export function create(options: Options): DatasetComponent {
  const { perDomain, size } = options;
  return {
    async plan({ seed }) {
      const domains = Object.keys(grounds) as (keyof typeof grounds)[];
      const samples = domains.flatMap((domain) =>
        Array.from({ length: perDomain }, (_, index) => entryOf({ seed, domain, index }, size)),
      );
      const index: DatasetIndex = {
        name: "discs",
        summary: `${samples.length} drawn patches of 2 domains`,
        reader: { uses: type, with: { ...options }, kind: "dataset", plugin },
        samples,
      };
      // Fingerprints take in what was drawn, never where it is.
      const identity = samples.map(({ id, hash }) => [id, hash]);
      return { value: index, identity };
    },
    read: async (entry) => draw(entry),
  };
}

function entryOf(recipe: Recipe, size: number): SampleEntry {
  const hash = createHash("sha256")
    .update(JSON.stringify([recipe, size]))
    .digest("hex");
  const id = `${recipe.domain}/${String(recipe.index).padStart(4, "0")}`;
  return { id, domain: recipe.domain, width: size, height: size, hash, source: { ...recipe } };
}

function draw({ id, domain, width, height, source }: SampleEntry): Sample {
  const recipe = source as unknown as Recipe;
  const rng = createRng(type, recipe.seed, id);
  const radius = rng.between(0.15, 0.35) * width;
  const [x, y] = [rng.between(radius, width - radius), rng.between(radius, height - radius)];
  const mask = new Uint8Array(width * height);
  const image = new Uint8Array(3 * width * height);
  for (let i = 0; i < mask.length; i++) {
    mask[i] = Math.hypot((i % width) - x, Math.floor(i / width) - y) < radius ? 1 : 0;
    const colour = mask[i] === 1 ? [110, 60, 150] : grounds[recipe.domain];
    for (let c = 0; c < 3; c++) image[3 * i + c] = colour[c] + rng.integer(21) - 10;
  }
  return { id, domain, image: { width, height, data: image }, mask: { width, height, data: mask } };
}
