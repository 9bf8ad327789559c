import { type ComponentContext, noOptions } from "@eosin/plugin-api";
import type { Schedule } from "@eosin/plugin-api/learning";
import { expect, test } from "vitest";
import { constant } from "./constant/definition.js";
import { cosine } from "./cosine/definition.js";
import { polynomial } from "./polynomial/definition.js";

const context = <Options>(options: Options) => ({ options }) as ComponentContext<Options>;

test("constant is 1 throughout", async () => {
  const schedule = (await constant.create(context(noOptions.parse({})))) as Schedule;
  expect([0, 0.3, 0.999].map((progress) => schedule.factor(progress))).toEqual([1, 1, 1]);
});

test("cosine warms up linearly, peaks at 1 and falls to 0", async () => {
  const schedule = await cosine.create(context(cosine.options.parse({ warmup: 0.2 })));
  expect(schedule.factor(0)).toBeCloseTo(0.01, 12);
  expect(schedule.factor(0.1)).toBeCloseTo(0.505, 12);
  expect(schedule.factor(0.2)).toBe(1);
  expect(schedule.factor(0.6)).toBeCloseTo(0.5, 12);
  expect(schedule.factor(1 - 1e-9)).toBeCloseTo(0, 12);
});

test("polynomial follows nnU-Net's curve", async () => {
  const schedule = await polynomial.create(context(polynomial.options.parse({})));
  expect(schedule.factor(0)).toBe(1);
  expect(schedule.factor(0.5)).toBeCloseTo(0.5 ** 0.9, 12);
});
