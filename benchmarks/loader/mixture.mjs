import { createRng } from "../../packages/plugin-api/dist/index.js";
import { build, specOf } from "../stain/components.mjs";
import { cut, mosaic, placeOf, sharp } from "../stain/pictures.mjs";

const SOURCE_SIDE = 1650;
const RESIZED = 704;
const SIDE = 640;
const WARM_UP = 40;

/** The paper's mixture of stain augmentation: RandStainNA, separation, or (half of the time) neither. */
export const mixture = specOf("stain/one-of", {
  choices: [specOf("stain/randstainna", {}, { p: 0.25 }), specOf("stain/separation-augment", {}, { p: 0.25 })],
});

/**
 * Mean milliseconds of the mixture on a 640 px patch, on this thread, over all draws, those that choose neither included.
 * @param state Of the mixture, fitted. @param now A clock, in milliseconds.
 * @returns `first`: patches that were never seen, so that separation learns their stains; `again`: the same once more.
 */
export async function measureMixture(tiles, state, draws, now) {
  const augmenter = await build(mixture.uses, mixture.with, { state });
  const whole = mosaic(tiles, SOURCE_SIDE, 1);
  const raw = { width: SOURCE_SIDE, height: SOURCE_SIDE, channels: 3 };
  const resized = await sharp(whole.data, { raw }).resize(RESIZED, RESIZED).raw().toBuffer();
  const picture = { width: RESIZED, height: RESIZED, data: new Uint8Array(resized) };
  // Each draw cuts its patch elsewhere and gives it a new name: a stain matrix that is remembered would count as learned.
  const patch = (draw) => {
    const image = cut(picture, SIDE, SIDE, ...placeOf(draw, RESIZED - SIDE));
    return { id: `patch ${draw}`, domain: "", image };
  };
  const timed = (draw) => {
    const sample = patch(draw);
    const rng = createRng("mixture", draw);
    const start = now();
    augmenter.apply(sample, rng);
    return now() - start;
  };
  const mean = (from, to) => {
    let sum = 0;
    for (let draw = from; draw < to; draw++) sum += timed(draw);
    return sum / (to - from);
  };
  mean(0, WARM_UP);
  return { first: mean(WARM_UP, WARM_UP + draws), again: mean(WARM_UP, WARM_UP + draws) };
}
