import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { inspectLibrary } from "./inspect-library.js";
import { installFailure } from "./install-failure.js";
import type { LibtorchSearch } from "./library.js";

/**
 * The libtorch that the environment names: `LIBTORCH`, a folder with `include` and `lib`, or `LIBTORCH_INCLUDE` and
 * `LIBTORCH_LIB`, these folders or what holds them.
 * @throws EosinError `ENGINE_INSTALL_FAILED` where what is named is not a libtorch: nothing else stands in for it.
 */
export function namedLibrary(env: NodeJS.ProcessEnv): LibtorchSearch {
  const { LIBTORCH: home, LIBTORCH_INCLUDE: include = home, LIBTORCH_LIB: lib = home } = env;
  if (!include && !lib) return { missing: "LIBTORCH is not set" };
  if (!include || !lib) {
    throw installFailure({
      message: "The environment names only half of a libtorch.",
      expected: "LIBTORCH, or both LIBTORCH_INCLUDE and LIBTORCH_LIB",
      found: include ? "LIBTORCH_INCLUDE alone" : "LIBTORCH_LIB alone",
      next: "export LIBTORCH=… (a folder with include and lib), or unset both",
    });
  }
  const names = home && include === home && lib === home ? "LIBTORCH" : "LIBTORCH_INCLUDE and LIBTORCH_LIB";
  const place = { headers: within(include, "include"), libraries: within(lib, "lib") };
  const library = inspectLibrary({ kind: "named", origin: names, ...place }, env);
  if (!("lacks" in library)) return library;
  throw installFailure({
    message: `${names} names no libtorch with headers.`,
    place: include === lib ? include : `${include}, ${lib}`,
    expected: library.lacks,
    found: "no such file",
    next: "Name the folder of an unpacked libtorch (https://pytorch.org/get-started/locally), or unset the variable.",
  });
}

function within(folder: string, name: string): string {
  const inside = join(resolve(folder), name);
  return existsSync(inside) ? inside : resolve(folder);
}
