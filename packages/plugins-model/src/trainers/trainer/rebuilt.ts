import type { ComponentContext, ComponentSpec } from "@eosin/plugin-api";
import type { NetworkFactory } from "@eosin/plugin-api/learning";

/** The network without initial weights: what a trained model is rebuilt from. */
export function rebuiltSpec(
  network: ComponentSpec<NetworkFactory>,
  { rebuildOptions }: NetworkFactory,
): ComponentSpec<NetworkFactory> {
  return rebuildOptions ? { ...network, with: rebuildOptions } : network;
}

/** The network of a factory without initial weights: what shapes are measured on. */
export async function rebuiltFactory(
  create: ComponentContext<unknown>["create"],
  network: ComponentSpec<NetworkFactory>,
  factory: NetworkFactory,
): Promise<NetworkFactory> {
  return factory.initialWeights ? create(rebuiltSpec(network, factory)) : factory;
}
