import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What libtorch's own CUDA headers include. */
const needed = ["cuda_runtime_api.h", "cublas_v2.h", "cublasLt.h", "cusparse.h", "cusolverDn.h"];

/**
 * CUDA's headers: those of an installed toolkit, else those of the `nvidia-…` wheels that came with PyTorch.
 * @param libraries libtorch's libraries: of a wheel, `site-packages/torch/lib`.
 * @returns Folders that hold all of them together, or nothing.
 */
export function findCudaHeaders(libraries: string, env: NodeJS.ProcessEnv): readonly string[] | undefined {
  const toolkits = [...(env.CUDA_HOME ? [env.CUDA_HOME] : []), "/usr/local/cuda"].map((home) => [
    join(home, "include"),
  ]);
  const wheels = join(libraries, "..", "..", "nvidia");
  return [...toolkits, wheelFolders(wheels)].find((folders) =>
    needed.every((name) => folders.some((folder) => existsSync(join(folder, name)))),
  );
}

/** One wheel a library (`nvidia/cublas/include`), or one for all (`nvidia/cu13/include`). */
function wheelFolders(wheels: string): readonly string[] {
  if (!existsSync(wheels)) return [];
  return readdirSync(wheels)
    .map((name) => join(wheels, name, "include"))
    .filter((folder) => existsSync(folder));
}
