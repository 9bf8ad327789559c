import { defineCommand, exitCodes, sharedOptions } from "@eosin/plugin-api/commands";
import { engineProvider } from "@eosin/plugin-api/learning";
import { colors } from "../../colors.js";
import { confirm } from "../../confirm.js";
import { installedPlugins } from "../../installed-plugins.js";
import { InstallationProgress } from "../../progress/installation-progress.js";
import { print, printError } from "../../terminal.js";

export default defineCommand({
  name: "engine install",
  arguments: { name: { help: "torch, tensorflow, tensorflow-gpu or webgpu" } },
  options: {
    yes: { alias: "y", help: "agree to everything that would be asked" },
    force: { help: "build again what is there already" },
    trust: sharedOptions.trust,
  },
  async run(context, { arguments: { name }, options }) {
    const provider = await (await installedPlugins([], options.trust)).services.get(engineProvider);
    const progress = new InstallationProgress();
    const { signal } = context;
    try {
      const {
        name: engine,
        available,
        reason,
      } = await provider.install(name, {
        assumeYes: options.yes,
        force: options.force,
        confirm: (question) => confirm(question, signal),
        say: (line) => progress.say(line),
        progress: (what, done, total) => progress.update(what, done, total),
        signal,
      });
      progress.finish();
      const mark = available ? colors.green("✔") : colors.yellow("–");
      print(`${mark} ${colors.bold(engine)}  ${reason}\n`);
      return exitCodes.done;
    } catch (error) {
      progress.finish();
      if (!signal.aborted) throw error;
      printError("interrupted\n");
      return exitCodes.interrupted;
    }
  },
});
