import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { LocalRegistry } from "./local-registry.js";

/**
 * Publishes a version of `@example/brightness`, an augmenter that holds all it needs, contract included.
 * @param apiVersion The contract that it says it was built for.
 */
export async function publishOutsidePlugin(
  folder: string,
  version: string,
  apiVersion: string,
  registry: LocalRegistry,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const manifest = { name: "@example/brightness", version, type: "module", exports: "./index.js", license: "MIT" };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(
    join(folder, "index.js"),
    `import { z } from "zod";
const brightness = { $eosin: "component", kind: "augmenter", type: "example/brightness", summary: "Darkens.",
  options: z.strictObject({}), create: () => ({ apply: (sample) => sample }) };
export default { $eosin: "plugin", name: "@example/brightness", apiVersion: "${apiVersion}", components: [brightness],
  kinds: [], services: [], requires: [] };
`,
  );
  const env = { ...process.env, NPM_CONFIG_USERCONFIG: registry.publisherConfig };
  await promisify(execFile)("npm", ["publish", "--access", "public"], { cwd: folder, env });
}
