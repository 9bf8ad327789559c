// Compiles assembly/ to dist/kernels.wasm; does nothing when sources, flags and compiler are those of the last build.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const sources = new URL("assembly/", root);
const dist = new URL("dist/", root);
const binary = new URL("kernels.wasm", dist);
const stamp = new URL("kernels.stamp", dist);

// The module lives inside the memory of the tfjs back end: it imports that memory and may own none of it, so it has
// no runtime, no heap and no static data (checked below).
const flags = ["-O3", "--converge", "--noAssert", "--runtime", "stub", "--importMemory", "--enable", "simd"];

const compiler = createRequire(import.meta.url)("assemblyscript/package.json").version;
const hash = createHash("sha256").update(JSON.stringify([compiler, flags]));
for (const name of readdirSync(sources)
  .filter((entry) => entry.endsWith(".ts"))
  .sort())
  hash.update(name).update(readFileSync(new URL(name, sources)));
const fingerprint = hash.digest("hex");
const current = existsSync(binary) && existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint;

if (!current) {
  const { default: asc } = await import("assemblyscript/asc");
  mkdirSync(dist, { recursive: true });
  const partial = new URL(`kernels.${process.pid}.partial`, dist);
  const entry = fileURLToPath(new URL("index.ts", sources));
  const { error, stderr } = await asc.main([entry, "--outFile", fileURLToPath(partial), ...flags]);
  if (error) {
    process.stderr.write(`${stderr}\n${error.message}\n`);
    process.exit(1);
  }
  if (hasDataSection(readFileSync(partial))) {
    process.stderr.write(
      "assembly/ declares static data (a string, array literal or static object): it would overwrite tensors.\n",
    );
    process.exit(1);
  }
  renameSync(partial, binary);
  writeFileSync(stamp, fingerprint);
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
