import type { DefinitionOf } from "../../component.js";
import type { Mask } from "../../imaging/image.js";
import type { Postprocess } from "../../imaging/postprocess.js";
import { createRng } from "../../random/rng.js";
import { buildComponent, type CheckedWith } from "../build-component.js";
import { checkDefinition } from "../check-definition.js";
import { broken, type CheckReport } from "../checklist.js";
import { withoutMathRandom } from "../hidden-randomness.js";
import { checkMask } from "../patches/check-shape.js";
import { firstDifference } from "../patches/copy-sample.js";
import { tissueSample } from "../patches/tissue.js";
import { ratePerSecond } from "../rate.js";

/**
 * Tests what a postprocess promises: a mask of 0 and 1 of the same size, the one that came in untouched, the same for
 * the same, also of empty, full and tiny masks.
 * @throws EosinError `CHECK_FAILED`, naming the promise.
 */
export async function checkPostprocess(
  definition: DefinitionOf<Postprocess>,
  how: CheckedWith = {},
): Promise<CheckReport> {
  const list = await checkDefinition(definition, ["postprocess"], how);
  const build = async () => (await buildComponent(definition, how)).it;
  const apply = (it: Postprocess, mask: Mask) => withoutMathRandom(() => it.apply(mask));
  const masks = testMasks();

  await list.check("the mask that comes in is not edited", async () => {
    const it = await build();
    for (const mask of masks) {
      const given = Object.freeze({ ...mask, data: mask.data.slice() });
      apply(it, given);
      if (firstDifference(mask.data, given.data) !== undefined) broken("the mask as it was", "other pixels");
    }
  });
  await list.check("a mask of 0 and 1 of the same size comes out, also of empty, full and tiny ones", async () => {
    const it = await build();
    for (const mask of masks) {
      const out = apply(it, mask);
      checkMask(out);
      if (out.width !== mask.width || out.height !== mask.height) {
        broken(`${mask.width} × ${mask.height} pixels`, `${out.width} × ${out.height}`);
      }
    }
  });
  await list.check("the same mask gives the same output, whatever came before", async () => {
    const it = await build();
    for (const mask of [...masks].reverse()) {
      const alone = apply(await build(), mask).data.slice();
      const at = firstDifference(alone, apply(it, mask).data);
      if (at !== undefined) broken("the output that the mask alone gives", `another value at ${at}`);
    }
  });
  const it = await build();
  const large = tissueSample(256, 256, "rate").mask!;
  return list.report(await ratePerSecond(() => it.apply(large)));
}

function testMasks(): readonly Mask[] {
  const rng = createRng("testkit masks");
  const random = (width: number, height: number, p: number): Mask => ({
    width,
    height,
    data: Uint8Array.from({ length: width * height }, () => Number(rng.chance(p))),
  });
  return [
    tissueSample(48, 40).mask!,
    ...[0, 0.2, 0.5, 0.8, 1].map((p) => random(40, 30, p)),
    random(1, 1, 1),
    random(1, 20, 0.5),
    random(20, 1, 0.5),
  ];
}
