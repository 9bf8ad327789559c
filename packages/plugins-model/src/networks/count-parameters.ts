import type { Network } from "@eosin/plugin-api/learning";

/** Numbers that training finds, as papers count them: all but the running statistics of batch normalisation. */
export function countParameters(network: Network): number {
  let count = 0;
  for (const { name, variable } of network.parameters.values()) {
    if (!/\.running_(mean|var)$/.test(name)) count += variable.size;
  }
  return count;
}
