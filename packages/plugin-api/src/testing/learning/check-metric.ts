import type { DefinitionOf } from "../../component.js";
import type { JudgedPixels, Metric } from "../../learning/metric.js";
import { createRng } from "../../random/rng.js";
import { buildComponent, type CheckedWith } from "../build-component.js";
import { checkDefinition } from "../check-definition.js";
import { broken, type CheckReport } from "../checklist.js";
import { firstDifference } from "../patches/copy-sample.js";
import { ratePerSecond } from "../rate.js";

/**
 * Tests what a metric promises: a figure or NaN, never an infinity or an error; arrays untouched; the order of the
 * pixels without meaning; nothing better than a prediction without a fault.
 * @throws EosinError `CHECK_FAILED`, naming the promise.
 */
export async function checkMetric(definition: DefinitionOf<Metric>, how: CheckedWith = {}): Promise<CheckReport> {
  const list = await checkDefinition(definition, ["metric"], how);
  const { it } = await buildComponent(definition, how);
  const usual = Array.from({ length: 12 }, (_, key) => judged(400, key, 0.3, 0.2));

  await list.check("the arrays that come in are not edited", () => {
    for (const pixels of usual) {
      const { truth, prediction, probability } = pixels;
      const given = Object.freeze({
        truth: truth.slice(),
        prediction: prediction.slice(),
        probability: probability.slice(),
      });
      it.measure(given);
      for (const name of ["truth", "prediction", "probability"] as const) {
        if (firstDifference(pixels[name], given[name]) !== undefined) broken(`${name} as it was`, "other values");
      }
    }
  });
  await list.check("it gives a number, or NaN where it is undefined", () => {
    const edges = [0, 1].flatMap((truth) =>
      [0, 1].flatMap((prediction) => [1, 50].map((count) => constant(count, truth, prediction))),
    );
    for (const pixels of [...usual, ...edges]) {
      const value = it.measure(pixels);
      if (typeof value !== "number" || Math.abs(value) === Number.POSITIVE_INFINITY) {
        broken("a finite number or NaN", String(value));
      }
    }
  });
  await list.check("the same pixels give the same figure, in any order", () => {
    for (const [key, pixels] of usual.entries()) {
      const [first, again, shuffled] = [pixels, pixels, reordered(pixels, key)].map((each) => it.measure(each));
      if (!Object.is(first, again)) broken(`${first} again`, String(again));
      if (Math.abs(first - shuffled) > 1e-9 * Math.max(1, Math.abs(first))) {
        broken(`${first} for the same pixels in another order`, String(shuffled));
      }
    }
  });
  await list.check("no prediction is better than one without a fault", () => {
    for (const [key, pixels] of usual.entries()) {
      const perfect = it.measure(faultless(pixels));
      for (const other of [pixels, judged(400, `worse ${key}`, 0.3, 0.5, pixels.truth), inverted(pixels)]) {
        const value = it.measure(other);
        if (it.higherIsBetter ? value > perfect + 1e-9 : value < perfect - 1e-9) {
          broken(
            `at ${it.higherIsBetter ? "most" : "least"} ${perfect}, the figure of the truth itself`,
            String(value),
          );
        }
      }
    }
  });
  const large = judged(256 * 256, "rate", 0.3, 0.2);
  return list.report(await ratePerSecond(() => it.measure(large)));
}

/** @param tumour Share of tumour. @param wrong Share of pixels whose probability is on the wrong side. */
function judged(count: number, key: string | number, tumour: number, wrong: number, given?: Uint8Array): JudgedPixels {
  const rng = createRng("testkit pixels", key);
  const truth = given ?? Uint8Array.from({ length: count }, () => Number(rng.chance(tumour)));
  const probability = Float32Array.from(truth, (is) => {
    const side = rng.chance(wrong) ? 1 - is : is;
    return 0.5 * side + 0.5 * rng.uniform();
  });
  return { truth, probability, prediction: Uint8Array.from(probability, (p) => Number(p > 0.5)) };
}

function constant(count: number, truth: number, prediction: number): JudgedPixels {
  return {
    truth: new Uint8Array(count).fill(truth),
    prediction: new Uint8Array(count).fill(prediction),
    probability: new Float32Array(count).fill(prediction),
  };
}

function faultless({ truth }: JudgedPixels): JudgedPixels {
  return { truth, prediction: truth, probability: Float32Array.from(truth) };
}

function inverted({ truth }: JudgedPixels): JudgedPixels {
  const prediction = truth.map((is) => 1 - is);
  return { truth, prediction, probability: Float32Array.from(prediction) };
}

function reordered({ truth, prediction, probability }: JudgedPixels, key: number): JudgedPixels {
  const order = createRng("testkit order", key).shuffle(Array.from(truth, (_, i) => i));
  return {
    truth: Uint8Array.from(order, (i) => truth[i]),
    prediction: Uint8Array.from(order, (i) => prediction[i]),
    probability: Float32Array.from(order, (i) => probability[i]),
  };
}
