import {
  type Artifact,
  type ArtifactHandle,
  artifact,
  artifacts,
  augmenterKind,
  type ComponentContext,
  type ComponentSpec,
  component,
  defineArtifact,
  defineKind,
  defineStep,
  kindHelper,
  listOfHandles,
  lossKind,
  noOptions,
  type StepContext,
} from "@eosin/plugin-api";
import {
  type Augmenter,
  type DatasetIndex,
  type datasetArtifact,
  type Predictions,
  predictionsArtifact,
  type Split,
  type splitArtifact,
} from "@eosin/plugin-api/imaging";
import { type Loss, modelArtifact, type TrainedModel } from "@eosin/plugin-api/learning";
import { describe, expectTypeOf, it } from "vitest";
import { z } from "zod";

/** What the compiler knows; nothing here runs. */
describe("artifacts", () => {
  it("a schema and the interface that documents it say the same", () => {
    expectTypeOf<z.output<typeof datasetArtifact.schema>>().toEqualTypeOf<DatasetIndex>();
    expectTypeOf<z.output<typeof splitArtifact.schema>>().toEqualTypeOf<Split>();
    expectTypeOf<z.output<typeof predictionsArtifact.schema>>().toEqualTypeOf<Predictions>();
    expectTypeOf<z.output<typeof modelArtifact.schema>>().toEqualTypeOf<TrainedModel>();
  });

  it("a handle carries the type of what it opens", () => {
    const options = z.object({ model: artifact(modelArtifact), folds: artifacts(predictionsArtifact) });
    type Options = z.output<typeof options>;
    expectTypeOf<Options["model"]>().toEqualTypeOf<ArtifactHandle<TrainedModel>>();
    const run = async (context: StepContext, { model, folds }: Options) => {
      expectTypeOf(await context.open(model)).toEqualTypeOf<Artifact<TrainedModel>>();
      expectTypeOf(listOfHandles(folds)).toEqualTypeOf<readonly ArtifactHandle<Predictions>[]>();
      // @ts-expect-error a model is not a split
      const split: Split = (await context.open(model)).value;
      return split;
    };
    expectTypeOf(run).toBeFunction();
  });

  it("a step returns what it says that it produces", () => {
    const counts = defineArtifact("counts", z.object({ patches: z.number() }));
    const define = (run: () => Promise<{ patches: number }>) =>
      defineStep({ type: "a/b", summary: "", options: noOptions, produces: counts, create: () => ({ run }) });
    expectTypeOf(define).toBeFunction();
    const wrong = () =>
      defineStep({
        type: "a/b",
        summary: "",
        options: noOptions,
        produces: counts,
        // @ts-expect-error another value than the artifact's
        create: () => ({ run: async () => ({ patches: "three" }) }),
      });
    expectTypeOf(wrong).toBeFunction();
  });
});

describe("kinds", () => {
  it("a named component is built as what its kind says", () => {
    const options = z.object({ loss: component(lossKind), augment: z.array(component(augmenterKind)) });
    type Options = z.output<typeof options>;
    const build = async ({ options: { loss, augment }, create }: ComponentContext<Options>) => {
      expectTypeOf(await create(loss)).toEqualTypeOf<Loss>();
      expectTypeOf(await create(augment[0])).toEqualTypeOf<Augmenter>();
      // @ts-expect-error a loss does not augment
      const wrong: ComponentSpec<Augmenter> = loss;
      return wrong;
    };
    expectTypeOf(build).toBeFunction();
  });

  it("a plugin's own kind types its components alike", () => {
    interface Sampler {
      choose(ids: readonly string[]): readonly string[];
    }
    const samplerKind = defineKind<Sampler>({ name: "sampler", role: "part", summary: "Chooses samples." });
    const defineSampler = kindHelper(samplerKind);
    const all = () =>
      defineSampler({ type: "a/all", summary: "", options: noOptions, create: () => ({ choose: (ids) => ids }) });
    const wrong = () =>
      // @ts-expect-error not a sampler
      defineSampler({ type: "a/none", summary: "", options: noOptions, create: () => ({ pick: () => [] }) });
    expectTypeOf(all).toBeFunction();
    expectTypeOf(wrong).toBeFunction();
    expectTypeOf(component(samplerKind)._output).toMatchTypeOf<ComponentSpec<Sampler>>();
  });
});
