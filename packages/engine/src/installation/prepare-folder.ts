import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EosinError } from "@eosin/plugin-api";
import type { EngineInstallation } from "@eosin/plugin-api/learning";

/**
 * Asks, then makes the folder that npm installs an engine into, empty.
 * @param scripts Packages whose install scripts may run: newer npm runs no other's.
 * @throws EosinError `ENGINE_INSTALL_FAILED` where the user does not agree.
 */
export async function prepareFolder(
  { engine, folder, what, scripts }: { engine: string; folder: string; what: string; scripts: readonly string[] },
  how: EngineInstallation,
): Promise<void> {
  if (!how.assumeYes && !(await how.confirm(`Install ${what} into ${folder}?`))) {
    throw new EosinError({
      code: "ENGINE_INSTALL_FAILED",
      message: `The engine ${engine} was not installed: nobody agreed to it.`,
      expected: "yes",
      next: `pipe engine install ${engine} --yes`,
    });
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name: `eosin-engine-${engine}`,
    private: true,
    allowScripts: Object.fromEntries(scripts.map((name) => [name, true])),
  };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
