// Compiles assembly/ of the package in the working folder to dist/kernels.wasm, whose exports are those of every file in
// assembly/kernels/ (without that folder: of assembly/index.ts), and writes their names to dist/kernels.d.ts. Does nothing
// when sources, flags and compiler are those of the last build.
//   node ../../scripts/build-assembly.mjs [flag of asc …]
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const sources = resolve("assembly");
const dist = resolve("dist");
const binary = join(dist, "kernels.wasm");
const names = join(dist, "kernels.d.ts");
const stamp = join(dist, "kernels.stamp");

const files = readdirSync(sources, { recursive: true })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => join(sources, file))
  .sort();
const kernels = files.filter((file) => dirname(file) === join(sources, "kernels"));
const entries = kernels.length > 0 ? kernels : [join(sources, "index.ts")];

// No runtime, no heap and no static data (checked below): a module that imports another's memory may own none of it, and
// one that has its own lays it out by itself.
const always = ["-O3", "--converge", "--noAssert", "--runtime", "stub", "--enable", "simd"];
const flags = [...always, ...process.argv.slice(2)];

// The compiler is the package's own dependency.
const manifest = createRequire(resolve("package.json")).resolve("assemblyscript/package.json");
const compiler = JSON.parse(readFileSync(manifest, "utf8")).version;
const hash = createHash("sha256").update(JSON.stringify([compiler, flags]));
for (const file of [fileURLToPath(import.meta.url), ...files])
  hash.update(relative(sources, file)).update(readFileSync(file));
const fingerprint = hash.digest("hex");
const current = [binary, names, stamp].every((file) => existsSync(file)) && readFileSync(stamp, "utf8") === fingerprint;

if (!current) {
  const { default: asc } = await import(pathToFileURL(join(dirname(manifest), "dist/asc.js")).href);
  mkdirSync(dist, { recursive: true });
  const partial = join(dist, `kernels.${process.pid}.partial`);
  const { error, stderr } = await asc.main([...entries, "--outFile", partial, ...flags]);
  if (error) {
    process.stderr.write(`${stderr}\n${error.message}\n`);
    process.exit(1);
  }
  if (hasDataSection(readFileSync(partial))) {
    process.stderr.write(
      "assembly/ declares static data (a string, array literal or static object): it would overwrite what is in the memory.\n",
    );
    process.exit(1);
  }
  renameSync(partial, binary);
  writeFileSync(names, declarationOf(readFileSync(binary)));
  writeFileSync(stamp, fingerprint);
}

/** Types of the functions that the binary exports: TypeScript finds a misspelt one. */
function declarationOf(bytes) {
  const functions = WebAssembly.Module.exports(new WebAssembly.Module(bytes)).filter(({ kind }) => kind === "function");
  const union = functions.map(({ name }) => `  | ${JSON.stringify(name)}`).sort();
  return `/** The functions of kernels.wasm. */\nexport type KernelFunction =\n${union.join("\n")};\n`;
}

/** Whether a wasm binary has a data section (id 11): walks the section headers. */
function hasDataSection(bytes) {
  let at = 8;
  while (at < bytes.length) {
    const id = bytes[at++];
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      size += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    if (id === 11) return true;
    at += size;
  }
  return false;
}
