import { existsSync } from "node:fs";
import { join } from "node:path";
import { EosinError } from "@eosin/plugin-api";
import type { InitialWeights } from "@eosin/plugin-api/learning";
import { weightsFolder } from "./fetch-weights.js";
import { howToGet, publishedWeights } from "./published-weights.js";

/** What an encoder's option `pretrained` comes to: where the published weights are after `pipe weights fetch` or `add`. */
export function publishedWeightsOf(encoder: string, pretrained: "none" | "imagenet"): InitialWeights | undefined {
  if (pretrained === "none") return undefined;
  const option = ["pretrained"];
  const published = publishedWeights.get(encoder);
  if (published === undefined) {
    const error = new EosinError({
      code: "WEIGHTS_UNKNOWN",
      message: `No ImageNet weights of the encoder ${encoder} are published.`,
      expected: `an encoder of ${[...publishedWeights.keys()].join(", ")}`,
      found: encoder,
      next: "Set pretrained to none.",
    });
    return { option, missing: { error, fetchable: false } };
  }
  const file = join(weightsFolder(), published.file);
  if (existsSync(file)) return { option, file };
  const error = new EosinError({
    code: "WEIGHTS_NOT_FETCHED",
    message: `The ImageNet weights of ${encoder} are not on this machine.`,
    expected: file,
    found: "nothing there",
    next: `${howToGet(encoder, published)}   (or train from scratch: --set params.pretrained=none)`,
  });
  return { option, missing: { error, fetchable: true } };
}
