import { type ComponentContext, isEosinError, type RefusedSetting } from "@eosin/plugin-api";
import { engineProvider } from "@eosin/plugin-api/learning";
import { shapeRng } from "../../inputs/shape-rng.js";
import { missingWeights } from "../../networks/initial-weights.js";
import type { TrainerOptions } from "./options.js";

type Host = Pick<ComponentContext<TrainerOptions>, "create" | "services">;

/** Initial weights that no encoder has: of those that could be fetched, the estimate speaks. */
export function unpublishedWeights({ network }: Pick<TrainerOptions, "network">): readonly RefusedSetting[] {
  const fault = missingWeights(network.with);
  if (fault?.code !== "WEIGHTS_UNKNOWN") return [];
  return [{ ...fault, message: fault.message, option: ["network", "with", "pretrained"] }];
}

const looked = new Map<string, Promise<readonly RefusedSetting[]>>();

/** Whether a file of initial weights fits the network, found by building that on shapes alone. Each file is read once. */
export function weightFaults(
  host: Host,
  { network }: Pick<TrainerOptions, "network">,
): Promise<readonly RefusedSetting[]> {
  if (typeof network.with.weights !== "string") return Promise.resolve([]);
  const key = JSON.stringify(network);
  const known = looked.get(key) ?? lookAt(host, network);
  looked.set(key, known);
  return known;
}

async function lookAt(host: Host, spec: TrainerOptions["network"]): Promise<readonly RefusedSetting[]> {
  const provider = await host.services.get(engineProvider);
  const factory = await host.create(spec);
  const { engine } = await provider.openShapeEngine();
  try {
    const network = await factory.build(engine, shapeRng);
    network.dispose();
    return [];
  } catch (error) {
    if (!isEosinError(error)) throw error;
    const { place, message } = error;
    const found = [typeof place === "string" ? place : undefined, error.found].filter((each) => each !== undefined);
    return [{ ...error, message, found: found.join(": ") || undefined, option: ["network", "with", "weights"] }];
  }
}
