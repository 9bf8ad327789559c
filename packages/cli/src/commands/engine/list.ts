import { availableParallelism } from "node:os";
import { defineCommand, exitCodes, sharedOptions } from "@eosin/plugin-api/commands";
import { engineProvider } from "@eosin/plugin-api/learning";
import { colors } from "../../colors.js";
import { engineLines } from "../../engine-lines.js";
import { installedPlugins } from "../../installed-plugins.js";
import { print } from "../../terminal.js";

export default defineCommand({
  name: "engine list",
  options: { trust: sharedOptions.trust, json: { help: "the engines as JSON" } },
  async run(_, { options }) {
    const provider = await (await installedPlugins([], options.trust)).services.get(engineProvider);
    const engines = await provider.survey();
    const auto = await provider.choose({ name: "auto", precision: "float32", threads: availableParallelism() });
    if (options.json) print(`${JSON.stringify({ engines, auto }, null, 2)}\n`);
    else print(`${engineLines(engines, auto, colors).join("\n")}\n`);
    return exitCodes.done;
  },
});
