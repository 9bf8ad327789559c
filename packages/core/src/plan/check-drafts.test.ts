import {
  type ArtifactHandle,
  artifact,
  defineArtifact,
  defineStep,
  EosinError,
  type PlannedInputs,
  type RefusedSetting,
} from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { z } from "zod";
import { ungroup } from "../errors/error-group.js";
import { silent } from "../fixtures/plan-document.js";
import { toyRegistry } from "../fixtures/toy-components.js";
import { load } from "../fixtures/write-document.js";
import { createPlan } from "./create-plan.js";
import { validateDocument } from "./validate-document.js";

const splitArtifact = defineArtifact("split", z.unknown());

type Check = (options: { size: number }, inputs: PlannedInputs, split: ArtifactHandle) => readonly RefusedSetting[];

/** A registry with a step that refuses what `check` says. */
const registryOf = (check: Check) =>
  toyRegistry({
    more: [
      defineStep({
        produces: splitArtifact,
        type: "choosy/step",
        summary: "Refuses settings.",
        options: z.object({ split: artifact(splitArtifact), size: z.number().default(64) }),
        check: async ({ options }, inputs) => check(options, inputs, options.split),
        create: () => {
          throw new Error("planning must not create this component");
        },
      }),
    ],
  });

const text = (size = "size: 100") => `name: a
params: { side: 100 }
steps:
  data: { uses: toy/data }
  folds: { uses: toy/kfold, with: { dataset: "\${steps.data}" } }
  choose:
    uses: choosy/step
    each: { fold: "\${steps.folds}" }
    with:
      split: "\${each.fold}"
      ${size}
`;
const refuse: Check = ({ size }) =>
  size % 32 === 0 ? [] : [{ option: ["size"], code: "SIZE_WRONG", message: "No.", found: String(size) }];

async function planned(check: Check, document = text()) {
  const how = { env: {}, hasher: { hashAll: async () => [] }, log: silent };
  return createPlan(await load(document), registryOf(check), how).then(
    () => [],
    (error) => ungroup(error),
  );
}

test("a setting that a component would refuse is said at its place, once for all instances", async () => {
  expect(await planned(refuse)).toMatchObject([{ code: "SIZE_WRONG", place: { line: 11 }, found: "100" }]);
  expect(await planned(refuse, text("size: 96"))).toEqual([]);
});

test("where it was written, and at the step where it is a default", async () => {
  expect(await planned(refuse, text('size: "${params.side}"'))).toMatchObject([{ place: { line: 2 } }]);
  const always: Check = () => [{ option: ["size"], code: "SIZE_WRONG", message: "No." }];
  expect(await planned(always, text(""))).toMatchObject([{ place: { line: 6 } }]);
});

test("it sees what was planned: an item, while validating nothing", async () => {
  const seen: unknown[] = [];
  const look: Check = (_, inputs, split) => {
    seen.push(inputs.planned(split));
    return [];
  };
  await planned(look);
  expect(seen).toEqual([[{ index: 0, of: 4 }], [{ index: 1, of: 4 }]]);
  await validateDocument(await load(text()), registryOf(look), { env: {} });
  expect(seen[2]).toBeUndefined();
});

test("a document is validated with it, but not by what stands for a variable that is not set", async () => {
  const validate = async (document: string) =>
    (await validateDocument(await load(document), registryOf(refuse), { env: {} })).map(({ code }) => code);
  expect(await validate(text())).toEqual(["SIZE_WRONG"]);
  expect(await validate(text('size: "${env.SIZE}"'))).toEqual([]);
});

test("an error of its own is the step's, any other the plugin's fault", async () => {
  const own: Check = () => {
    throw new EosinError({ code: "OWN", message: "Mine." });
  };
  expect(await planned(own)).toMatchObject([{ code: "OWN", place: { line: 6 } }]);
  const broken: Check = () => {
    throw new TypeError("size is undefined");
  };
  expect(await planned(broken)).toMatchObject([{ code: "PLANNING_FAILED", found: "size is undefined" }]);
});
