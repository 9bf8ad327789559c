import type { FileHasher, SourcePlace } from "@eosin/plugin-api";
import type { PluginPackage } from "./plugin-package.js";

/** What loading needs of a pipeline document. */
export interface PluginSource {
  /** Package name, or `./folder` relative to `baseFolder` → range of versions. */
  readonly plugins: { readonly [name: string]: string };
  readonly baseFolder: string;
  placeOf?(path: readonly (string | number)[]): SourcePlace | undefined;
}

export interface PluginLoading {
  /** Folders (or `file:` URLs of folders) where packages are looked for after the document's own folder. */
  readonly from: readonly string[];
  /** Looks for packages there first: a document that somebody sent has no say in where Eosin's own come from. */
  readonly documentLast?: boolean;
  /** Remembers the hashes of built files, so that a warm start reads none of them. */
  readonly hasher?: FileHasher;
  /**
   * Called once with all the packages that are asked for, before any of them is imported; it throws where one may not
   * be. What they require in turn is theirs to import.
   */
  readonly admit?: (found: readonly PluginPackage[]) => Promise<void>;
}
