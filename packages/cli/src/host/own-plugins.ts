import { readFileSync } from "node:fs";

/** The plugins that come with this command: its dependencies named `plugins-…`, and the engine. */
export function ownPlugins(): readonly string[] {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    readonly dependencies: { readonly [name: string]: string };
  };
  return Object.keys(manifest.dependencies).filter((name) => /\/(plugins-|engine$)/.test(name));
}
