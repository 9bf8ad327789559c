import type { EngineInstallation } from "@eosin/plugin-api/learning";
import { engineFolder } from "../installation/engine-folder.js";
import { prepareFolder } from "../installation/prepare-folder.js";
import { runNpm } from "../installation/run-npm.js";
import { locateWebgpu, webgpuPackages } from "./locate.js";

/** Brings Dawn and tfjs's back end from npm: both contain all they need, and no install script runs. */
export async function installWebgpu(how: EngineInstallation): Promise<void> {
  const present = locateWebgpu();
  if (!how.force && !("missing" in present)) {
    how.say(`webgpu ${present.dawn.version} is installed.`);
    return;
  }
  const folder = engineFolder("webgpu");
  const packages = Object.entries(webgpuPackages).map(([name, version]) => `${name}@${version}`);
  await prepareFolder({ engine: "webgpu", folder, what: `${packages.join(" and ")} (200 MB)`, scripts: [] }, how);
  await runNpm(
    {
      engine: "webgpu",
      folder,
      args: ["install", "--ignore-scripts", ...packages],
      next: "Fix what npm names, then pipe engine install webgpu",
    },
    how,
  );
}
