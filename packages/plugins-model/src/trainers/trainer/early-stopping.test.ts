import type { EpochRecord } from "@eosin/plugin-api/learning";
import { expect, test } from "vitest";
import { judgeHistory } from "./early-stopping.js";

const history = (...validation: readonly { loss: number; dice: number }[]): EpochRecord[] =>
  validation.map((values, index) => ({ epoch: index + 1, learningRate: 1e-3, train: {}, validation: values }));

const records = history(
  { loss: 0.9, dice: 0.1 },
  { loss: 0.5, dice: 0.4 },
  { loss: 0.5, dice: 0.6 },
  { loss: 0.7, dice: 0.5 },
);

test("stops after as many epochs without a lower loss as the patience allows; equals do not count", () => {
  const options = { monitor: "validation.loss", patience: 2 } as const;
  expect(judgeHistory(records.slice(0, 3), options)).toEqual({ bestEpoch: 2, stop: false });
  expect(judgeHistory(records, options)).toEqual({ bestEpoch: 2, stop: true });
});

test("watches Dice upwards", () => {
  expect(judgeHistory(records, { monitor: "validation.dice", patience: 2 })).toEqual({ bestEpoch: 3, stop: false });
});

test("without options the last epoch counts", () => {
  expect(judgeHistory(records, undefined)).toEqual({ bestEpoch: 4, stop: false });
});
