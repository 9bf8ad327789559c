import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { coreCommands } from "../../packages/cli/src/core-commands.js";
import { commanderCommand } from "../../packages/cli/src/host/commander-command.js";
import { pluginCommands } from "../../packages/cli/src/host/plugin-commands.js";
import { createProgram } from "../../packages/cli/src/program.js";
import { runPipe } from "../run-pipe.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Surfaces that others build on. A change fails here until a person accepts it: `npx vitest run test/surface -u`
 * rewrites the files, and their difference shows in review what users will notice.
 */
describe("frozen surfaces", () => {
  it("commands and options of pipe", async () => {
    const text = `${describeCommand(await wholeProgram()).join("\n")}\n`;
    await expect(text).toMatchFileSnapshot("cli.txt");
  });

  it("types and values that plugin-api exports", async () => {
    const folder = join(root, "packages/plugin-api/dist");
    const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".d.ts")).sort();
    const parts = await Promise.all(
      files.map(async (name) => `// ${name}\n${withoutComments(await readFile(join(folder, name), "utf8"))}`),
    );
    await expect(parts.join("\n")).toMatchFileSnapshot("plugin-api.d.ts.txt");
  });

  it("JSON Schema of pipeline documents", async () => {
    const { stdout } = await runPipe(["schema"], { cwd: root });
    await expect(stdout).toMatchFileSnapshot("../../schema/pipeline.schema.json");
  });
});

/** Every command of `pipe` and of Eosin's plugins, each as if it were called. */
async function wholeProgram(): Promise<Command> {
  const { commands, faults } = pluginCommands(coreCommands, root);
  expect(faults).toEqual([]);
  const all = [...coreCommands, ...commands];
  const called = new Map<string, Command>();
  for (const { name, load } of all) {
    const definition = await load?.(false);
    if (definition === undefined) continue;
    expect(definition.name).toBe(name);
    called.set(
      name,
      commanderCommand(definition, async () => {}),
    );
  }
  return createProgram({ commands: all, called, refuse: () => {} });
}

function describeCommand(command: Command, path = ""): string[] {
  const name = `${path}${command.name()}`;
  const usage = command.registeredArguments.map(
    (each) => ` ${each.required ? "<" : "["}${each.name()}${each.variadic ? "..." : ""}${each.required ? ">" : "]"}`,
  );
  const options = command.options.map(
    (each) =>
      `  ${each.flags}${each.mandatory ? " (required)" : ""}${each.defaultValue === undefined ? "" : ` = ${JSON.stringify(each.defaultValue)}`}`,
  );
  return [name + usage.join(""), ...options, ...command.commands.flatMap((each) => describeCommand(each, `${name} `))];
}

function withoutComments(source: string): string {
  return source
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/\n\s*\n/g, "\n")
    .trim();
}
