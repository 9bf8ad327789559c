import { createRng, EosinError } from "@eosin/plugin-api";
import type { Sample } from "@eosin/plugin-api/imaging";
import { composePatch } from "./compose-patch.js";
import type { PatchRecipe } from "./patch-recipe.js";
import { scan } from "./scan/scan.js";
import { scanners } from "./scan/scanners.js";

/** Draws a patch with its mask and true densities; equal recipes give equal bytes. */
export async function drawPatch(id: string, recipe: PatchRecipe): Promise<Sample> {
  const { seed, index, size } = recipe;
  const scanner = scanners.find((each) => each.name === recipe.scanner);
  if (!scanner) throw new EosinError({ code: "UNKNOWN_DOMAIN", message: `There is no ${recipe.scanner}.`, place: id });
  const rng = createRng(seed, "data/synthetic", scanner.name, index);
  const canvas = composePatch(size, recipe, rng.fork("tissue"));
  const staining = rng.fork("staining");
  const strength = scanner.strength.map((each) => each * staining.between(0.88, 1.12));
  const densities = new Float32Array(size * size * 2);
  for (let i = 0; i < size * size; i++) {
    densities[i * 2] = canvas.haematoxylin[i] * strength[0];
    densities[i * 2 + 1] = canvas.eosin[i] * strength[1];
  }
  const image = await scan(canvas, densities, scanner, rng.fork("scan"));
  return {
    id,
    domain: scanner.name,
    image,
    mask: { width: size, height: size, data: canvas.tumour },
    density: { width: size, height: size, stains: 2, data: densities },
  };
}
