/** A libtorch that the addon can be compiled against and linked with. */
export interface Libtorch {
  /** Of its headers, e.g. `2.13.0`. */
  readonly version: string;
  readonly kind: "named" | "python" | "system" | "archive";
  /** For a sentence: `LIBTORCH`, `the PyTorch of python3`, … */
  readonly origin: string;
  /** For the compiler, in this order; never its own `/usr/include`, which it finds by itself. */
  readonly includeFolders: readonly string[];
  readonly libraryFolder: string;
  /** Whether it was built with libstdc++'s strings of 2011; the addon has to follow. */
  readonly cxx11Abi: boolean;
  /** The libraries that compute on a GPU, and the headers to record work there; absent in a build for CPUs. */
  readonly cuda?: CudaParts;
}

export interface CudaParts {
  /** Absent where CUDA's headers are not on this machine: the GPU then works without recorded graphs. */
  readonly includeFolders?: readonly string[];
}

/** A libtorch, or why there is none. */
export type LibtorchSearch = Libtorch | { readonly missing: string };
