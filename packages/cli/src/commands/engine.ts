import { availableParallelism } from "node:os";
import { engineProvider } from "@eosin/plugin-api/learning";
import { colors } from "../colors.js";
import { confirm } from "../confirm.js";
import { engineLines } from "../engine-lines.js";
import { exitCodes } from "../exit-codes.js";
import { installedPlugins } from "../installed-plugins.js";
import { interruptSignal } from "../interrupt-signal.js";
import { InstallationProgress } from "../progress/installation-progress.js";
import { print, printError } from "../terminal.js";

export async function list(options: { json?: boolean; trust?: boolean }): Promise<number> {
  const provider = await (await installedPlugins([], options.trust)).services.get(engineProvider);
  const engines = await provider.survey();
  const auto = await provider.choose({ name: "auto", precision: "float32", threads: availableParallelism() });
  if (options.json) print(`${JSON.stringify({ engines, auto }, null, 2)}\n`);
  else print(`${engineLines(engines, auto, colors).join("\n")}\n`);
  return exitCodes.done;
}

export async function install(
  name: string,
  options: { yes?: boolean; force?: boolean; trust?: boolean },
): Promise<number> {
  const provider = await (await installedPlugins([], options.trust)).services.get(engineProvider);
  const progress = new InstallationProgress();
  const interrupt = interruptSignal();
  try {
    const {
      name: engine,
      available,
      reason,
    } = await provider.install(name, {
      assumeYes: options.yes === true,
      force: options.force === true,
      confirm: (question) => confirm(question, interrupt.signal),
      say: (line) => progress.say(line),
      progress: (what, done, total) => progress.update(what, done, total),
      signal: interrupt.signal,
    });
    progress.finish();
    const mark = available ? colors.green("✔") : colors.yellow("–");
    print(`${mark} ${colors.bold(engine)}  ${reason}\n`);
    return exitCodes.done;
  } catch (error) {
    progress.finish();
    if (!interrupt.signal.aborted) throw error;
    printError("interrupted\n");
    return exitCodes.interrupted;
  } finally {
    interrupt.release();
  }
}
