import { availableParallelism, cpus, freemem } from "node:os";
import { defineCommand, exitCodes, sharedOptions } from "@eosin/plugin-api/commands";
import { engineProvider } from "@eosin/plugin-api/learning";
import { alignColumns } from "@eosin/support/align-columns";
import { formatBytes } from "@eosin/support/format-bytes";
import { machineMemory } from "@eosin/support/machine-memory";
import { colors } from "../colors.js";
import { engineLines } from "../engine-lines.js";
import { installedPlugins } from "../installed-plugins.js";
import { print } from "../terminal.js";

export default defineCommand({
  name: "doctor",
  options: { trust: sharedOptions.trust, json: { help: "the findings as JSON" } },
  async run(_, { options }) {
    const registry = await installedPlugins([], options.trust);
    const provider = await registry.services.get(engineProvider);
    const engines = await provider.survey();
    const threads = availableParallelism();
    const memoryBytes = machineMemory();
    const auto = await provider.choose({ name: "auto", precision: "float32", threads });
    const machine = {
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      processor: cpus()[0]?.model ?? "unknown",
      cores: threads,
      memoryBytes,
      freeBytes: Math.min(freemem(), memoryBytes),
    };
    const plugins = Object.entries(registry.plugins).map(([name, { version, apiVersion }]) => ({
      name,
      version,
      apiVersion,
    }));
    if (options.json) {
      print(`${JSON.stringify({ machine, engines, auto, plugins }, null, 2)}\n`);
      return exitCodes.done;
    }
    const lines = [
      colors.bold("machine"),
      `  Node ${machine.node}, ${machine.platform}`,
      `  ${machine.processor}, ${threads} cores, ${formatBytes(machine.memoryBytes)} memory (${formatBytes(machine.freeBytes)} free)`,
      "",
      colors.bold("engines"),
      ...engineLines(engines, auto, colors),
      "",
      colors.bold("plugins"),
      ...alignColumns(plugins.map(({ name, version, apiVersion }) => [`  ${name}`, version, `contract ${apiVersion}`])),
    ];
    print(`${lines.join("\n")}\n`);
    return exitCodes.done;
  },
});
