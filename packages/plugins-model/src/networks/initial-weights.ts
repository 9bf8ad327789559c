import type { Logger } from "@eosin/plugin-api";
import type { EncoderFactory, Engine, Network } from "@eosin/plugin-api/learning";
import type { StoredTensors } from "@eosin/plugin-api/tensor-file";
import { importInto } from "../weights/network-weights.js";
import { readWeightFile } from "../weights/read-weights.js";
import { type UnwrappedTensors, unwrap } from "../weights/unwrap.js";
import { withoutClassifier } from "../weights/without-classifier.js";
import type { ChosenEncoder } from "./chosen-encoder.js";

/** What is before the names of an encoder's parameters. */
export const ENCODER = "encoder.";

/** What models of several parts put before the names of their encoder. */
const PART = /^(?:encoder|backbone)\./;

/**
 * Sets the encoder from a file or the published weights, or the whole network where the file names parameters beyond the encoder.
 * What wrappers put before the names is taken off; `log` is told where in the file the weights were.
 * @returns The network; without a file as it is.
 * @throws EosinError where file and network do not fit, or the published weights are missing; the network is disposed then.
 */
export async function withInitialWeights(
  engine: Engine,
  network: Network,
  { factory, initialWeights }: Pick<ChosenEncoder, "factory" | "initialWeights">,
  log?: Logger,
): Promise<Network> {
  try {
    if (initialWeights?.missing) throw initialWeights.missing.error;
    const path = initialWeights?.file;
    if (path === undefined) return network;
    const file = await readWeightFile(path);
    const kept = withoutClassifier(file.tensors);
    const whole = unwrap(kept, (names) => names.filter((name) => network.parameters.has(name)).length);
    const beyond = [...whole.tensors.keys()].some((name) => !name.startsWith(ENCODER) && network.parameters.has(name));
    const taken = beyond ? whole : unwrapEncoder(kept, factory, network.parameters);
    const place = placeOf(path, file.path, taken.prefix);
    const parameters = beyond ? network.parameters : ofEncoder(network.parameters);
    const ours = beyond ? new Map<string, string>() : encoderNames([...taken.tensors.keys()], factory);
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

/** Takes off what wrappers put before the names of a lone encoder. */
function unwrapEncoder(
  tensors: StoredTensors,
  factory: EncoderFactory,
  parameters: Network["parameters"],
): UnwrappedTensors {
  return unwrap(tensors, (names) => {
    return [...encoderNames(names, factory).values()].filter((name) => parameters.has(name)).length;
  });
}

/** The name that the network has for each name of a lone encoder's tensors. */
function encoderNames(names: readonly string[], { ownNames }: EncoderFactory): ReadonlyMap<string, string> {
  const bare = names.map((name) => name.replace(PART, ""));
  const own = ownNames?.(bare);
  return new Map(names.map((name, index) => [name, ENCODER + (own?.get(bare[index]) ?? bare[index])]));
}

function ofEncoder(parameters: Network["parameters"]): Network["parameters"] {
  return new Map([...parameters].filter(([name]) => name.startsWith(ENCODER)));
}
