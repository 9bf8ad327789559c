import type { RecordedInstance, RecordedPlan } from "@eosin/plugin-api/commands";
import { expect, test } from "vitest";
import { describeSettings, settingsOf } from "../../predictor/settings.js";
import { findModelInstances, findSettingsInstance } from "./find-model.js";

const instance = (id: string, produces: string, axes: { [axis: string]: string } = {}): RecordedInstance => ({
  ...{ id, produces, axes, step: id.split("[")[0], uses: "any", options: {}, inputs: [], fingerprint: "0" },
  parts: { plugins: {} },
});
const plan = (...instances: readonly RecordedInstance[]): RecordedPlan => ({
  ...{ document: { name: "demo" }, seed: 1, plugins: {}, planned: {} },
  instances,
});

const folds = ["fold-0", "fold-1"];
const models = folds.map((fold) => instance(`train[${fold}]`, "model", { fold }));
const ofFolds = folds.map((fold) => instance(`choose[${fold}]`, "prediction-settings", { fold }));
const ofAll = instance("settings", "prediction-settings");

test("finds the model that is named, or all", () => {
  expect(findModelInstances(plan(...models, ofAll), undefined)).toEqual(models);
  expect(findModelInstances(plan(...models), "fold-1")).toEqual([models[1]]);
  const twice = [...models, instance("other[fold-1]", "model", { fold: "fold-1" })];
  for (const [of, key] of [
    [[], undefined],
    [models, "fold-2"],
    [twice, "fold-1"],
  ] as const) {
    expect(() => findModelInstances(plan(...of), key)).toThrow(expect.objectContaining({ code: "WHICH_MODEL" }));
  }
});

test("finds the settings that were chosen for a model, or for all", () => {
  expect(findSettingsInstance(plan(...models, ...ofFolds), [models[1]], undefined)).toBe(ofFolds[1]);
  expect(findSettingsInstance(plan(...models, ofAll), [models[1]], undefined)).toBe(ofAll);
  expect(findSettingsInstance(plan(...models), [models[1]], undefined)).toBeUndefined();
  expect(findSettingsInstance(plan(...models, ofAll), models, undefined)).toBe(ofAll);
  expect(findSettingsInstance(plan(...models, ofFolds[0]), models, undefined)).toBe(ofFolds[0]);
  expect(() => findSettingsInstance(plan(...models, ...ofFolds), models, undefined)).toThrow(
    expect.objectContaining({ code: "WHICH_SETTINGS", found: "choose[fold-0], choose[fold-1]" }),
  );
  const both = plan(...models, ...ofFolds, ofAll);
  expect(findSettingsInstance(both, [models[0]], "settings")).toBe(ofAll);
  expect(findSettingsInstance(both, [models[0]], "choose[fold-1]")).toBe(ofFolds[1]);
  expect(findSettingsInstance(both, [models[0]], "none")).toBeUndefined();
});

test.each([
  ["of two that fit, none is guessed", undefined, [...ofFolds, ofAll]],
  ["those of a step with one for each fold", "choose", ofFolds],
  ["those that are not there", "other", [ofAll]],
])("%s", (_, asked, chosen) => {
  expect(() => findSettingsInstance(plan(...models, ...chosen), [models[0]], asked)).toThrow(
    expect.objectContaining({ code: "WHICH_SETTINGS", expected: expect.stringContaining("none") }),
  );
});

test("settings are told in words", () => {
  const settings = {
    ...{ scale: { factor: 0.5 }, rotations: [0, 90], flips: true, statistics: { by: "domain", share: 0.5 } },
    ...{ threshold: 0.6, hysteresis: 0.4 },
    postprocess: [{ uses: "model/minor-region-filter", kind: "postprocess", with: { below: 0.1 } }],
  };
  expect(describeSettings(settings)).toBe(
    "scale 0.5, 4 views, 0.5 of the images' statistics, threshold 0.6, hysteresis 0.4, " +
      'model/minor-region-filter {"below":0.1}',
  );
  expect(describeSettings({ scale: { width: 384, height: 256 }, rotations: [0] })).toBe("scale 384 × 256 px, 1 view");
  const chosen = { metric: "m", score: 1, plain: 1, patches: 1, tried: 1 };
  expect(settingsOf({ ...settings, chosen })).toEqual(settings);
});
