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

/** Where the published weights lie after `pipe weights fetch`. @throws EosinError `WEIGHTS_NOT_FETCHED` */
function publishedFile({ encoder, pretrained }: InitialWeights): string | undefined {
  if (pretrained === "none") return undefined;
  const published = publishedWeights.get(encoder);
  if (!published) {
    throw new EosinError({
      code: "WEIGHTS_UNKNOWN",
      message: `No ImageNet weights of the encoder ${encoder} are published.`,
      expected: `pretrained: none, or an encoder of ${[...publishedWeights.keys()].join(", ")}`,
      found: encoder,
    });
  }
  const path = join(weightsFolder(), published.file);
  if (existsSync(path)) return path;
  throw new EosinError({
    code: "WEIGHTS_NOT_FETCHED",
    message: `The ImageNet weights of ${encoder} are not on this machine.`,
    expected: path,
    found: "nothing there",
    next: `pipe weights fetch ${encoder}   (or train from scratch: --set params.pretrained=none)`,
  });
}

function ofEncoder(parameters: Network["parameters"]): Network["parameters"] {
  return new Map([...parameters].filter(([name]) => name.startsWith("encoder.")));
}
