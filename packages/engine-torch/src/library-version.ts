import type { InstallationInfo } from "./install/installation.js";

/** Enough to tell builds apart. */
const HASH_DIGITS = 8;

/**
 * Of libtorch, the addon, the hardware and what multiplies matrices: kernels, libtorch's and ours, differ by the
 * instructions that they are compiled for, and by the GPU.
 * @param device As `chooseTorchDevice` names it.
 */
export function libraryVersion(
  {
    version,
    codeHash,
    instructionSet,
    about,
  }: Pick<InstallationInfo, "version" | "codeHash" | "instructionSet" | "about">,
  device: string,
): string {
  const gpu = about.devices.find((_, index) => device === `cuda:${index}`);
  const also = gpu ? gpu.name : about.blas?.name;
  const names = [instructionSet, ...(also ? [also] : [])].map((name) =>
    name.toLowerCase().replaceAll(/[^a-z0-9]/g, ""),
  );
  return [version, codeHash.slice(0, HASH_DIGITS), ...names].join("-");
}
