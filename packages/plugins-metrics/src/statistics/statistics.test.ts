import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bootstrapInterval, quantile } from "./bootstrap-interval.js";
import { holm, normalTail, spread, wilcoxonSignedRank } from "./index.js";

interface Cases {
  readonly scipy: string;
  readonly signedRank: readonly {
    readonly name: string;
    readonly differences: readonly number[];
    readonly zeros: "wilcox" | "pratt";
    readonly method: string;
    readonly statistic: number;
    readonly p: number;
  }[];
  readonly normalTail: readonly { readonly z: number; readonly p: number }[];
  readonly holm: readonly { readonly p: readonly number[]; readonly adjusted: readonly number[] }[];
  readonly bootstrap: readonly {
    readonly name: string;
    readonly values: readonly number[];
    readonly level: number;
    readonly low: number;
    readonly high: number;
    readonly error: number;
  }[];
  readonly quantile: readonly {
    readonly values: readonly number[];
    readonly share: number;
    readonly quantile: number;
  }[];
}

const cases = JSON.parse(readFileSync(new URL("./scipy-cases.json", import.meta.url), "utf8")) as Cases;
const apart = (a: number, b: number) => Math.abs(a - b) / Math.max(Math.abs(b), Number.MIN_VALUE);

describe(`as SciPy ${cases.scipy}`, () => {
  it.each(cases.signedRank)("signed-rank test: $name, $zeros", ({ differences, zeros, ...scipy }) => {
    const ours = wilcoxonSignedRank(differences, { zeros });
    expect(ours.method).toBe(scipy.method);
    expect(ours.statistic).toBeCloseTo(scipy.statistic, 9);
    expect(apart(ours.p, scipy.p)).toBeLessThan(1e-9);
  });

  it.each(cases.normalTail)("tail of the normal distribution from $z", ({ z, p }) => {
    expect(apart(normalTail(z), p)).toBeLessThan(1e-12);
  });

  it.each(cases.holm)("Holm of $p", ({ p, adjusted }) => {
    expect(holm(p).map((value, i) => Math.abs(value - adjusted[i]) < 1e-12)).toEqual(p.map(() => true));
  });

  it.each(cases.quantile)("quantile $share of $values.length", (each) => {
    expect(quantile(Float64Array.from(each.values), each.share)).toBeCloseTo(each.quantile, 12);
  });

  it.each(cases.bootstrap)("percentile bootstrap of the mean: $name", ({ values, level, low, high, error }) => {
    // Ends of 10 000 resamples scatter by about 2.7 % of the standard error: five of those.
    const ours = bootstrapInterval(values, { seed: 1, level });
    expect(Math.abs(ours.low - low)).toBeLessThan(0.14 * error);
    expect(Math.abs(ours.high - high)).toBeLessThan(0.14 * error);
  });
});

describe("signed-rank test", () => {
  it("has nothing to say of differences that are all zero", () => {
    expect(wilcoxonSignedRank([0, 0])).toEqual({ statistic: 0, p: Number.NaN, method: "exact", nonZero: 0 });
  });

  it("takes no side, and knows no order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 70 }), (differences) => {
        const test = wilcoxonSignedRank(differences);
        expect(wilcoxonSignedRank(differences.map((each) => -each))).toEqual(test);
        expect(wilcoxonSignedRank(differences.toReversed())).toEqual(test);
        expect(Number.isNaN(test.p)).toBe(differences.every((each) => each === 0));
        if (!Number.isNaN(test.p)) expect(test.p).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("bootstrap interval", () => {
  const values = [0.1, -0.2, 0.4, 0.3, 0.05];
  it("is the same for a seed, another for another", () => {
    expect(bootstrapInterval(values, { seed: 1 })).toEqual(bootstrapInterval(values, { seed: 1 }));
    expect(bootstrapInterval(values, { seed: 2 })).not.toEqual(bootstrapInterval(values, { seed: 1 }));
  });
  it("of equal values is that value, of none is undefined", () => {
    expect(bootstrapInterval([0.25, 0.25, 0.25], { seed: 1 })).toEqual({ low: 0.25, high: 0.25 });
    expect(bootstrapInterval([], { seed: 1 })).toEqual({ low: Number.NaN, high: Number.NaN });
  });
});

it("Holm never falls under the p-value, and leaves what was not tested out of the count", () => {
  expect(holm([0.02, Number.NaN, 0.03])).toEqual([0.04, Number.NaN, 0.04]);
});

it("a spread over folds is the sample's, without folds that have no figure", () => {
  expect(spread([1, 2, Number.NaN, 3])).toEqual({ mean: 2, deviation: 1, folds: 3 });
  expect(spread([4])).toEqual({ mean: 4, folds: 1 });
});
