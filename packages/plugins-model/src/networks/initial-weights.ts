import { existsSync } from "node:fs";
import { join } from "node:path";
import { EosinError } from "@eosin/plugin-api";
import type { Engine, Network } from "@eosin/plugin-api/learning";
import { encoderKeys, withoutClassifier } from "../weights/encoder-keys.js";
import { weightsFolder } from "../weights/fetch-weights.js";
import { importInto } from "../weights/network-weights.js";
import { publishedWeights } from "../weights/published-weights.js";
import { readWeights } from "../weights/read-weights.js";

/** What a network's options say of its initial weights. */
export interface InitialWeights {
  readonly encoder: string;
  readonly pretrained: "none" | "imagenet";
  readonly weights?: string;
}

/**
 * Sets the encoder from a file or the published weights, or the whole network where the file names parameters beyond the encoder.
 * @returns The network; without a file as it is.
 * @throws EosinError where file and network do not fit, or the published weights are missing; the network is disposed then.
 */
export async function withInitialWeights(engine: Engine, network: Network, initial: InitialWeights): Promise<Network> {
  try {
    const path = initial.weights ?? publishedFile(initial);
    if (path === undefined) return network;
    const tensors = withoutClassifier(await readWeights(path));
    const { parameters } = network;
    const beyond = [...parameters.keys()].some((name) => !name.startsWith("encoder.") && tensors.has(name));
    if (beyond) importInto(engine, parameters, tensors, path);
    else importInto(engine, ofEncoder(parameters), encoderKeys(tensors), path);
    return network;
  } catch (error) {
    network.dispose();
    throw error;
  }
}

/** Where the published weights lie after `pipe weights fetch`. @throws EosinError `WEIGHTS_UNKNOWN`, `WEIGHTS_NOT_FETCHED` */
function publishedFile(initial: Partial<InitialWeights>): string | undefined {
  const missing = missingWeights(initial);
  if (missing) throw missing;
  return initial.pretrained === "imagenet" ? publishedPath(initial.encoder) : undefined;
}

/** What is wrong where the options ask for published weights that cannot be had from this machine. */
export function missingWeights({ encoder, pretrained, weights }: Partial<InitialWeights>): EosinError | undefined {
  if (pretrained !== "imagenet" || weights !== undefined) return undefined;
  const path = publishedPath(encoder);
  if (path === undefined) {
    return new EosinError({
      code: "WEIGHTS_UNKNOWN",
      message: `No ImageNet weights of the encoder ${encoder} are published.`,
      expected: `an encoder of ${[...publishedWeights.keys()].join(", ")}`,
      found: encoder,
      next: "Set pretrained to none.",
    });
  }
  if (existsSync(path)) return undefined;
  return new EosinError({
    code: "WEIGHTS_NOT_FETCHED",
    message: `The ImageNet weights of ${encoder} are not on this machine.`,
    expected: path,
    found: "nothing there",
    next: `pipe weights fetch ${encoder}   (or train from scratch: --set params.pretrained=none)`,
  });
}

function publishedPath(encoder: string | undefined): string | undefined {
  const published = encoder === undefined ? undefined : publishedWeights.get(encoder);
  return published && join(weightsFolder(), published.file);
}

function ofEncoder(parameters: Network["parameters"]): Network["parameters"] {
  return new Map([...parameters].filter(([name]) => name.startsWith("encoder.")));
}
