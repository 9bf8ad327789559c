import { resolve } from "node:path";

/**
 * The environment as documents see it. A value that is plainly a relative path (`./…`, `../…`) starts in the working
 * folder, as elsewhere on a command line; paths in a document start in the folder of the document.
 */
export function documentEnvironment(): { readonly [name: string]: string | undefined } {
  const settled = Object.entries(process.env).map(([name, value]) => [
    name,
    value !== undefined && /^\.\.?([/\\]|$)/.test(value) ? resolve(value) : value,
  ]);
  return Object.fromEntries(settled);
}
