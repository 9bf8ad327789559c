import type { AnyCommandDefinition } from "@eosin/plugin-api/commands";
import type { ListedCommand } from "./host/listed-command.js";

type CommandModule = { readonly default: AnyCommandDefinition };

/** The commands of `pipe` itself, in the order of its help; those of plugins are in their package.json. */
export const coreCommands: readonly ListedCommand[] = [
  command(
    "run",
    "Run a pipeline: what is stored is reused, what was cut off continues",
    () => import("./commands/run.js"),
  ),
  command("plan", "Show what a run would do, with the memory that training needs", () => import("./commands/plan.js")),
  command("validate", "Check a pipeline and every option in it", () => import("./commands/validate.js")),
  command("explain", "Say why a step would run again, or would not", () => import("./commands/explain.js")),
  command(
    "graph",
    "Draw the steps of a pipeline, coloured by what is stored, would run, or failed",
    () => import("./commands/graph.js"),
  ),
  command(
    "diff",
    "Show what differs between two pipelines or runs: options with their origins, plugins, engine, data",
    () => import("./commands/diff.js"),
  ),
  command(
    "init",
    "Write a pipeline for your own pictures and masks (--data), or the paper's pipelines and their ablations",
    () => import("./commands/init.js"),
  ),
  command("list", "List the components that pipelines can use", () => import("./commands/list.js")),
  command(
    "rerun",
    "Repeat a run from its folder: its documents, profile, flags and variables as they were",
    () => import("./commands/rerun.js"),
  ),
  group("engine", "Tensor engines: what computes here, and installing what could"),
  command(
    "engine list",
    "Show the engines, and what would enable those that are missing",
    () => import("./commands/engine/list.js"),
  ),
  command(
    "engine install",
    "Find, download or build what an engine needs, outside the clone",
    () => import("./commands/engine/install.js"),
  ),
  group("plugin", "Write a plugin of your own, and look at those that are installed"),
  command(
    "plugin new",
    "Write a package with one component, its test and an example pipeline; asks what is not given",
    () => import("./commands/plugin/new.js"),
  ),
  command(
    "plugin list",
    "List the plugins that are installed: versions, contract, components, and where they are loaded from",
    () => import("./commands/plugin/list.js"),
  ),
  command(
    "plugin info",
    "Show a plugin or a component: options with types, ranges and defaults, version, and where it is loaded from",
    () => import("./commands/plugin/info.js"),
  ),
  command(
    "plugin reference",
    "Write the reference of all components as Markdown, from their schemas",
    () => import("./commands/plugin/reference.js"),
  ),
  command(
    "schema",
    "Write the JSON Schema of pipelines for the plugins that are installed",
    () => import("./commands/schema.js"),
  ),
  command(
    "doctor",
    "Show the machine, the engines and the plugins, and what would enable what is missing",
    () => import("./commands/doctor.js"),
  ),
  command(
    "verify",
    "Read the whole store, and say what is damaged and what computes it again",
    () => import("./commands/verify.js"),
  ),
  command("clean", "Remove stored outputs that no kept run refers to", () => import("./commands/clean.js")),
  command(
    "exec",
    "Run one instance of a plan, as schedulers do: reads and writes the store",
    () => import("./commands/exec.js"),
  ),
];

function command(name: string, summary: string, load: () => Promise<CommandModule>): ListedCommand {
  return { name, summary, load: async () => (await load()).default };
}

function group(name: string, summary: string): ListedCommand {
  return { name, summary };
}
