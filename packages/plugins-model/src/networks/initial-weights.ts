import { existsSync } from "node:fs";
import { join } from "node:path";
import { EosinError, type Logger } from "@eosin/plugin-api";
import type { Engine, Network } from "@eosin/plugin-api/learning";
import { encoderNames, unwrapEncoder, withoutClassifier } from "../weights/encoder-keys.js";
import { weightsFolder } from "../weights/fetch-weights.js";
import { importInto } from "../weights/network-weights.js";
import { publishedWeights } from "../weights/published-weights.js";
import { readWeightFile } from "../weights/read-weights.js";
import { unwrap } from "../weights/unwrap.js";

/** What a network's options say of its initial weights. */
export interface InitialWeights {
  readonly encoder: string;
  readonly pretrained: "none" | "imagenet";
  readonly weights?: string;
}

/**
 * Sets the encoder from a file or the published weights, or the whole network where the file names parameters beyond the encoder.
 * What wrappers put before the names is taken off; `log` is told where in the file the weights were.
 * @returns The network; without a file as it is.
 * @throws EosinError where file and network do not fit, or the published weights are missing; the network is disposed then.
 */
export async function withInitialWeights(
  engine: Engine,
  network: Network,
  initial: InitialWeights,
  log?: Logger,
): Promise<Network> {
  try {
    const path = initial.weights ?? publishedFile(initial);
    if (path === undefined) return network;
    const file = await readWeightFile(path);
    const kept = withoutClassifier(file.tensors);
    const whole = unwrap(kept, (names) => names.filter((name) => network.parameters.has(name)).length);
    const beyond = [...whole.tensors.keys()].some(
      (name) => !name.startsWith("encoder.") && network.parameters.has(name),
    );
    const taken = beyond ? whole : unwrapEncoder(kept, network.parameters);
    const place = placeOf(path, file.path, taken.prefix);
    const parameters = beyond ? network.parameters : ofEncoder(network.parameters);
    const ours = beyond ? new Map<string, string>() : encoderNames(taken.tensors.keys());
    const named = [...taken.tensors].map(
      ([name, tensor]) => [ours.get(name) ?? name, taken.prefix + name, tensor] as const,
    );
    const tensors = new Map(named.map(([name, , tensor]) => [name, tensor]));
    importInto(engine, parameters, tensors, place, new Map(named.map(([name, onFile]) => [name, onFile])));
    if (place !== path)
      log?.info(`Initial weights of ${place}: ${tensors.size} of the file's ${file.tensors.size} tensors.`);
    return network;
  } catch (error) {
    network.dispose();
    throw error;
  }
}

/** e.g. `weights.pth (state_dict, names after "module.")` */
function placeOf(file: string, path: readonly string[], prefix: string): string {
  const within = [path.join("."), prefix && `names after "${prefix}"`].filter((each) => each !== "");
  return within.length === 0 ? file : `${file} (${within.join(", ")})`;
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
