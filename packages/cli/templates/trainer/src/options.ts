import { artifact, component, lossKind, networkKind, optimizerKind } from "@eosin/plugin-api";
import { splitArtifact } from "@eosin/plugin-api/imaging";
import { z } from "zod";

export const options = z.strictObject({
  split: artifact(splitArtifact).describe("The fold that is trained on."),
  size: z.int().min(8).max(4096).default(256).describe("Side of the patches that the network gets, in pixels."),
  batch: z.int().min(1).max(1024).default(8).describe("Patches of a training step."),
  epochs: z.int().min(1).max(10_000).default(20).describe("How often every patch is trained on."),
  network: component(networkKind).describe("What is trained."),
  loss: component(lossKind).describe("What training minimises."),
  optimizer: component(optimizerKind).prefault({ uses: "model/adam" }).describe("What updates the weights."),
});

export type Options = z.output<typeof options>;
