import type { ComponentContext, ComponentSpec } from "@eosin/plugin-api";
import type { NetworkFactory } from "@eosin/plugin-api/learning";

/** The network without initial weights: what a trained model is rebuilt from. */
export function rebuiltSpec(
  network: ComponentSpec<NetworkFactory>,
  { rebuildOptions }: NetworkFactory,
): ComponentSpec<NetworkFactory> {
  return rebuildOptions ? { ...network, with: rebuildOptions } : network;
}

/** Creates a network that reads no initial weights: what shapes are measured on. */
export async function createRebuilt(
  create: ComponentContext<unknown>["create"],
  network: ComponentSpec<NetworkFactory>,
): Promise<NetworkFactory> {
  const factory = await create(network);
  return factory.initialWeights ? create(rebuiltSpec(network, factory)) : factory;
}
