import { formatBytes } from "@eosin/support/format-bytes";
import { adviceOnBlas } from "./install/blas.js";
import type { InstallationInfo } from "./install/installation.js";

const REPLAYED = "passes are captured as CUDA graphs and replayed";
const ONE_BY_ONE =
  "kernels are launched one by one: the addon was built without CUDA's headers, or against a libtorch older than 2.4";

type Told = Pick<InstallationInfo, "version" | "libraryFolder" | "about" | "instructionSet">;

/** For `pipe doctor`. */
export function torchDetails({ version, libraryFolder, about, instructionSet }: Told): {
  readonly [label: string]: string;
} {
  const gpus = about.devices.map(({ name, memory }, index) => {
    const size = memory === undefined ? "" : `, ${formatBytes(memory)}`;
    return `cuda:${index} (${name}${size})`;
  });
  return {
    libtorch: `${version} in ${libraryFolder}`,
    devices: [...gpus, "cpu"].join(", "),
    ...(gpus.length > 0 ? { "training on GPUs": about.graphs ? REPLAYED : ONE_BY_ONE } : {}),
    processor: instructionSet,
    ...(about.blas ? { "matrix products": adviceOnBlas(about.blas) ?? about.blas.name } : {}),
    bfloat16: about.bf16 ? "in hardware" : "on the processor without instructions for it: works, but slowly",
  };
}
