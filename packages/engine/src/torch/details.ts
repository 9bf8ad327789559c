import type { InstallationInfo } from "@eosin/engine-torch/installation";

const GIB = 2 ** 30;

type Told = Pick<InstallationInfo, "version" | "libraryFolder" | "about" | "instructionSet">;

/** For `pipe doctor`. */
export function torchDetails({ version, libraryFolder, about, instructionSet }: Told): {
  readonly [label: string]: string;
} {
  const gpus = about.devices.map(
    ({ name, memory }, index) => `cuda:${index} (${name}, ${Math.round(memory / GIB)} GiB)`,
  );
  return {
    libtorch: `${version} in ${libraryFolder}`,
    devices: [...gpus, "cpu"].join(", "),
    processor: instructionSet,
    bfloat16: about.bf16 ? "in hardware" : "on the processor without instructions for it: works, but slowly",
  };
}
