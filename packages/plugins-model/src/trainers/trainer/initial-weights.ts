import type { ComponentSpec } from "@eosin/plugin-api";
import type { NetworkFactory } from "@eosin/plugin-api/learning";

/**
 * The network without the initial weights that its options `weights` and `pretrained` may name: what a trained model is
 * rebuilt from, and what shapes are measured on.
 */
export function withoutInitialWeights(network: ComponentSpec<NetworkFactory>): ComponentSpec<NetworkFactory> {
  const { weights: _, ...rest } = network.with;
  return { ...network, with: "pretrained" in rest ? { ...rest, pretrained: "none" } : rest };
}
