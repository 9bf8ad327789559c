import { type ComponentContext, isEosinError, type RefusedSetting } from "@eosin/plugin-api";
import { engineProvider, type NetworkFactory } from "@eosin/plugin-api/learning";
import { shapeRng } from "../../inputs/shape-rng.js";
import type { TrainerOptions } from "./options.js";

type Host = Pick<ComponentContext<TrainerOptions>, "services">;

/** Initial weights that nobody has: of those that could be fetched, the estimate speaks. */
export function unpublishedWeights({ initialWeights }: NetworkFactory): readonly RefusedSetting[] {
  const missing = initialWeights?.missing;
  if (!missing || missing.fetchable) return [];
  return [{ ...missing.error, message: missing.error.message, option: ["network", "with", ...initialWeights.option] }];
}

const looked = new Map<string, Promise<readonly RefusedSetting[]>>();

/** Whether a file of initial weights fits the network, found by building that on shapes alone. Each file is read once. */
export function weightFaults(
  host: Host,
  { network }: Pick<TrainerOptions, "network">,
  factory: NetworkFactory,
): Promise<readonly RefusedSetting[]> {
  const { initialWeights } = factory;
  if (initialWeights?.file === undefined) return Promise.resolve([]);
  const key = JSON.stringify(network);
  const known = looked.get(key) ?? lookAt(host, factory, ["network", "with", ...initialWeights.option]);
  looked.set(key, known);
  return known;
}

async function lookAt(
  host: Host,
  factory: NetworkFactory,
  option: RefusedSetting["option"],
): Promise<readonly RefusedSetting[]> {
  const provider = await host.services.get(engineProvider);
  const { engine } = await provider.openShapeEngine();
  try {
    const network = await factory.build(engine, shapeRng);
    network.dispose();
    return [];
  } catch (error) {
    if (!isEosinError(error)) throw error;
    const { place, message } = error;
    const found = [typeof place === "string" ? place : undefined, error.found].filter((each) => each !== undefined);
    return [{ ...error, message, found: found.join(": ") || undefined, option }];
  }
}
