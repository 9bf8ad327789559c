// Packs zod into dist/zod.js of the package in the working folder: opening its files took a tenth of a plan's start.
//   node ../../scripts/pack-zod.mjs
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

// The packer is the package's own dependency.
const packer = createRequire(resolve("package.json")).resolve("esbuild");
const { build } = (await import(pathToFileURL(packer).href)).default;

const onlyEnglish = {
  name: "only-english",
  setup(building) {
    building.onLoad({ filter: /[/\\]zod[/\\]v4[/\\]locales[/\\]index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
      loader: "js",
    }));
  },
};

await build({
  entryPoints: ["dist/zod.js"],
  outfile: "dist/zod.js",
  allowOverwrite: true,
  bundle: true,
  format: "esm",
  platform: "neutral",
  target: "node20",
  legalComments: "eof",
  logLevel: "warning",
  plugins: [onlyEnglish],
});
