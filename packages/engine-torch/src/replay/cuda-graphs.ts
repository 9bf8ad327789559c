import { formatBytes } from "@eosin/support/format-bytes";
import type { Addon } from "../addon.js";
import type { Libtorch } from "../libtorch.js";
import type { GraphSupport, PassGraph } from "./graph-support.js";

/** What is left for the driver, libraries and other processes. */
const SHARE = 0.9;

/**
 * What captures training passes on a device: CUDA graphs on a GPU, nothing on the CPU.
 * @param env `EOSIN_TORCH_GRAPHS=0` leaves passes as they are.
 */
export function graphsOn(
  device: string,
  env: NodeJS.ProcessEnv = process.env,
): ((torch: Pick<Libtorch, "addon" | "device">) => GraphSupport) | undefined {
  return device === "cpu" || env.EOSIN_TORCH_GRAPHS === "0" ? undefined : cudaGraphs;
}

function cudaGraphs({ addon, device }: Pick<Libtorch, "addon" | "device">): GraphSupport {
  const { Graph } = addon;
  return {
    lacks: Graph ? undefined : "the addon was built without CUDA's headers, or against a libtorch older than 2.4",
    create() {
      if (!Graph) throw new Error("this addon records no CUDA graphs");
      return recording(new Graph(device));
    },
    shortage: () => shortageOf(addon, device),
  };
}

function recording(graph: InstanceType<NonNullable<Addon["Graph"]>>): PassGraph {
  return {
    capture(body) {
      graph.begin();
      let results: ReturnType<typeof body>;
      try {
        results = body();
      } catch (error) {
        graph.abandon();
        throw error;
      }
      graph.end();
      return results;
    },
    replay: () => graph.replay(),
    dispose: () => graph.dispose(),
  };
}

/** A captured pass keeps its memory, and passes that are not captured (another size, an evaluation) need theirs beside it. */
function shortageOf(addon: Addon, device: string): string | undefined {
  const { bytes, peakBytes, reservedBytes } = addon.memory(device);
  const total = addon.about().devices[Number(device.split(":")[1])]?.memory;
  if (bytes === undefined || peakBytes === undefined || reservedBytes === undefined || total === undefined) {
    return `the memory of ${device} is not known`;
  }
  const pass = peakBytes - bytes;
  if (reservedBytes + 2 * pass <= SHARE * total) return undefined;
  const rest = `${formatBytes(reservedBytes)} of ${formatBytes(total)}`;
  return `a pass takes up to ${formatBytes(pass)}, and ${device} has no room for that twice beside ${rest}`;
}
