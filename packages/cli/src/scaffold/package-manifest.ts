import type { OfferedKind } from "./offered-kinds.js";
import type { PluginName } from "./plugin-name.js";

/** What the tests of a kind need beside the contract: an engine to compute on, networks to train. */
const testedWith: { readonly [kind in OfferedKind]?: readonly string[] } = {
  loss: ["@eosin/engine"],
  network: ["@eosin/engine"],
  optimizer: ["@eosin/engine"],
  trainer: ["@eosin/engine", "@eosin/plugins-model"],
};

/** Of the tools that build, lint and test a plugin: those that Eosin itself is built with. */
const tools = { "@biomejs/biome": "^2.6.8", "@types/node": "^20.19.0", typescript: "^7.0.2" };

/** The package.json of a new plugin. */
export function packageManifest(
  { packageName, type }: PluginName,
  kind: OfferedKind,
  ranges: { readonly [name: string]: string },
): string {
  const api = "@eosin/plugin-api";
  const used = ["@eosin/cli", api, ...(testedWith[kind] ?? [])];
  const development = { ...Object.fromEntries(used.map((name) => [name, ranges[name]])), ...tools };
  const manifest = {
    name: packageName,
    version: "0.1.0",
    description: `The ${kind} ${type} for Eosin pipelines.`,
    keywords: ["eosin-plugin", "histology", kind],
    license: "MIT",
    type: "module",
    engines: { node: ">=20.12" },
    files: ["dist", "!dist/**/*.test.*"],
    publishConfig: { access: "public" },
    exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" }, "./package.json": "./package.json" },
    scripts: {
      build: "tsc",
      lint: "biome lint --error-on-warnings src",
      test: `tsc && node --test dist/${kind}.test.js`,
      prestart: "tsc",
      start: "pipe run example.yaml",
      prepack: "tsc",
    },
    dependencies: { zod: "^4.6.7" },
    // The contract comes from the Eosin that loads the plugin: a copy of its own could be another version.
    peerDependencies: { [api]: ranges[api] },
    devDependencies: Object.fromEntries(Object.entries(development).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
