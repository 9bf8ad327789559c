import { readFileSync } from "node:fs";

interface Manifest {
  readonly version: string;
  readonly dependencies: { readonly [name: string]: string };
}

/** The folder of this package: where packages beside this command are looked for. */
export const packageFolder = new URL("../", import.meta.url).href;

/** The version of this package. */
export function cliVersion(): string {
  return readManifest().version;
}

/** The plugins that come with this command: its dependencies named `plugins-…`, and the engine. */
export function ownPlugins(): readonly string[] {
  return Object.keys(readManifest().dependencies).filter((name) => /\/(plugins-|engine$)/.test(name));
}

let manifest: Manifest | undefined;

function readManifest(): Manifest {
  manifest ??= JSON.parse(readFileSync(new URL("package.json", packageFolder), "utf8")) as Manifest;
  return manifest;
}
