import { extname } from "node:path";
import { mermaidOf, type NodeState, planGraph, type StateWords, svgOf } from "@eosin/core";
import { defineCommand, exitCodes, pipelineOptions } from "@eosin/plugin-api/commands";
import { z } from "@eosin/plugin-api/zod";
import { failedLast } from "../failed-last.js";
import { stateOf } from "../instance-state.js";
import { loadPipeline } from "../load-pipeline.js";
import { print } from "../terminal.js";
import { writeOutput } from "../write-output.js";

const words: StateWords = {
  failed: "failed in the last run",
  skipped: "skipped in the last run",
  continues: "continues",
  runs: "would run",
  stored: "stored",
  planned: "known while planning",
};

export default defineCommand({
  name: "graph",
  arguments: { file: { help: "pipeline document (YAML)" } },
  options: {
    ...pipelineOptions,
    format: {
      alias: "f",
      value: "format",
      schema: z.enum(["svg", "mermaid"]),
      help: "picture or text (default: by the name of --out, else mermaid)",
    },
    out: { alias: "o", value: "file", help: "write to this file instead of standard output" },
    instances: { help: "a box for each instance, not for each step" },
  },
  async run(_, { arguments: { file }, options }) {
    const { plan, store, runsFolder } = await loadPipeline(file, options);
    const failed = failedLast(plan, runsFolder);
    const states = new Map<string, NodeState>();
    // A look is an aspect of the step that it looks at.
    const instances = plan.instances.filter(({ looksAt }) => looksAt === undefined);
    for (const instance of instances) {
      const state = await stateOf(instance, store, false);
      // What was stored since is no failure any more.
      states.set(instance.id, state !== "stored" && failed.has(instance.id) ? "failed" : state);
    }
    const drawn = planGraph(instances, states, options.instances ? "instance" : "step");
    const { name, profile } = plan.document;
    const title = profile ? `${name} (${profile})` : name;
    const text = formatOf(options) === "svg" ? await svgOf(drawn, title, words) : mermaidOf(drawn, words);
    if (options.out === undefined) print(text);
    else {
      await writeOutput(options.out, text);
      print(`${options.out}: ${drawn.nodes.length} boxes, ${drawn.edges.length} arrows\n`);
    }
    return exitCodes.done;
  },
});

/** As asked for, or as the file is called; text is what a terminal shows. */
function formatOf({ format, out }: { readonly format?: "svg" | "mermaid"; readonly out?: string }): "svg" | "mermaid" {
  return format ?? (out !== undefined && extname(out) === ".svg" ? "svg" : "mermaid");
}
