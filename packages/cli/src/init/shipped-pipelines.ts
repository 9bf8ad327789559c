import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What the package carries, put there when it is packed. */
const carried = fileURLToPath(new URL("../../pipelines", import.meta.url));
const repository = fileURLToPath(new URL("../../../../", import.meta.url));

/**
 * The paper's experiments and the ablations.
 * @returns Path inside `pipelines/`, with forward slashes → text; sorted.
 */
export async function shippedPipelines(): Promise<ReadonlyMap<string, string>> {
  // A clone has them once, beside the packages.
  const folder = existsSync(join(repository, "pnpm-workspace.yaml")) ? join(repository, "pipelines") : carried;
  const names = (await readdir(folder, { recursive: true }))
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => /\.(yaml|md)$/.test(name) && !/(^|\/)\./.test(name))
    .sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const)),
  );
}
