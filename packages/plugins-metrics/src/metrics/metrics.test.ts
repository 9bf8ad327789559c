import type { JudgedPixels, Metric } from "@eosin/plugin-api/learning";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createOwnMetric, ownMetrics } from "./own-metrics.js";

const metrics = new Map<string, Metric>();
for (const { type } of ownMetrics) {
  metrics.set(type, await createOwnMetric({ uses: type, with: {}, kind: "metric" }));
}

function measure(type: string, pixels: JudgedPixels): number {
  return metrics.get(`metrics/${type}`)!.measure(pixels);
}

function pixels(truth: number[], probability: number[]): JudgedPixels {
  return {
    truth: Uint8Array.from(truth),
    probability: Float32Array.from(probability),
    prediction: Uint8Array.from(probability, (p) => (p >= 0.5 ? 1 : 0)),
  };
}

describe("metrics", () => {
  // TP 2, FP 1, FN 1, TN 4
  const known = pixels([1, 1, 1, 0, 0, 0, 0, 0], [0.9, 0.8, 0.3, 0.7, 0.4, 0.2, 0.1, 0.05]);

  it.each([
    ["dice", 4 / 6],
    ["iou", 2 / 4],
    ["score", (4 / 6 + 2 / 4) / 2],
    ["f1", 2 / 3],
    ["accuracy", 6 / 8],
    ["sensitivity", 2 / 3],
    ["specificity", 4 / 5],
    ["auroc", 13 / 15],
    ["pr-auc", (1 + 1 + 3 / 5) / 3],
  ])("%s of a case computed by hand", (type, expected) => {
    expect(measure(type, known)).toBeCloseTo(expected, 12);
  });

  it("scores an empty mask that is predicted empty with 1", () => {
    const empty = pixels([0, 0, 0, 0], [0.1, 0.2, 0.3, 0.4]);
    for (const type of ["dice", "iou", "score", "f1", "accuracy", "specificity"]) expect(measure(type, empty)).toBe(1);
    for (const type of ["sensitivity", "auroc", "pr-auc"]) expect(measure(type, empty)).toBeNaN();
  });

  it("counts ties half in AUROC", () => {
    expect(measure("auroc", pixels([1, 0, 1, 0], [0.5, 0.5, 0.5, 0.5]))).toBe(0.5);
  });

  it("agrees with the pairwise definition of AUROC", () => {
    const values = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 8 })), {
      minLength: 2,
      maxLength: 40,
    });
    fc.assert(
      fc.property(values, (rows) => {
        const truth = rows.map(([t]) => t);
        const probability = rows.map(([, p]) => p / 8);
        let wins = 0;
        let pairs = 0;
        for (const [a, pa] of rows.filter(([t]) => t === 1)) {
          for (const [, pb] of rows.filter(([t]) => t !== a)) {
            pairs++;
            wins += pa > pb ? 1 : pa === pb ? 0.5 : 0;
          }
        }
        const found = measure("auroc", pixels(truth, probability));
        if (pairs === 0) expect(found).toBeNaN();
        else expect(found).toBeCloseTo(wins / pairs, 12);
      }),
    );
  });

  it("keeps Dice and IoU consistent: Dice = 2·IoU / (1 + IoU)", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1 }), (rows) => {
        const judged = pixels(
          rows.map(([t]) => +t),
          rows.map(([, p]) => +p),
        );
        const iou = measure("iou", judged);
        expect(measure("dice", judged)).toBeCloseTo((2 * iou) / (1 + iou), 12);
      }),
    );
  });
});
