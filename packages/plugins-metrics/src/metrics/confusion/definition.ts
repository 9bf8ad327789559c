import { noOptions } from "@eosin/plugin-api";
import { defineMetric } from "@eosin/plugin-api/learning";
import type { ConfusionFigure } from "./confusion.js";

function confusionMetric(type: `metrics/${ConfusionFigure}`, summary: string) {
  const name = type.slice("metrics/".length) as ConfusionFigure;
  return defineMetric({
    type,
    summary,
    options: noOptions,
    create: async () => (await import("./confusion.js")).createConfusionMetric(name),
  });
}

export const dice = confusionMetric("metrics/dice", "Dice: 2·TP / (2·TP + FP + FN); both empty scores 1.");

export const iou = confusionMetric("metrics/iou", "Intersection over union: TP / (TP + FP + FN); both empty scores 1.");

export const score = confusionMetric("metrics/score", "The COSAS challenge's score: (Dice + IoU) / 2.");

export const f1 = confusionMetric(
  "metrics/f1",
  "F1 of the tumour pixels from precision and sensitivity; 0 where no tumour pixel was found, both empty scores 1.",
);

export const accuracy = confusionMetric("metrics/accuracy", "Share of pixels that are right.");

export const sensitivity = confusionMetric(
  "metrics/sensitivity",
  "Share of the tumour's pixels that were found; undefined without tumour.",
);

export const specificity = confusionMetric(
  "metrics/specificity",
  "Share of the other pixels that were left alone; undefined where all is tumour.",
);
