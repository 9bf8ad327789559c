import { readFileSync } from "node:fs";

/** The part of the standard API that Node's type declarations leave out. */
declare const WebAssembly: {
  Module: new (binary: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: object };
};

/**
 * Instantiates a WebAssembly module from a file, on the calling thread.
 * @param imports By module and name, such as `{ env: { memory } }`.
 * @param unreadable The error to throw where the file cannot be read, e.g. because the package was not built.
 * @returns The module's exports.
 * @throws What `unreadable` gives; `WebAssembly.CompileError` or `LinkError` of a binary that is not right.
 * @example
 * const binary = new URL("../dist/kernels.wasm", import.meta.url);
 * const kernels = loadWasm(binary, {}, (cause) => new Error("The kernels were not built.", { cause }));
 */
export function loadWasm(binary: URL, imports: object, unreadable: (cause: unknown) => Error): object {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(binary);
  } catch (cause) {
    throw unreadable(cause);
  }
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports;
}
