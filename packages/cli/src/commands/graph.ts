import { extname } from "node:path";
import { exitCodes } from "../exit-codes.js";
import { failedLast } from "../graph/failed-last.js";
import { mermaidOf } from "../graph/mermaid.js";
import { type NodeState, planGraph } from "../graph/plan-graph.js";
import { svgOf } from "../graph/svg.js";
import { stateOf } from "../instance-state.js";
import { loadPipeline } from "../load-pipeline.js";
import type { PipelineOptions } from "../pipeline-options.js";
import { writeOutput } from "../write-output.js";

interface GraphOptions extends PipelineOptions {
  readonly format?: "svg" | "mermaid";
  readonly out?: string;
  readonly instances?: boolean;
}

export async function graph(file: string, options: GraphOptions): Promise<number> {
  const { plan, store, runsFolder } = await loadPipeline(file, options);
  const failed = failedLast(plan, runsFolder);
  const states = new Map<string, NodeState>();
  for (const instance of plan.instances) {
    const state = await stateOf(instance, store, false);
    // What was stored since is no failure any more.
    states.set(instance.id, state !== "stored" && failed.has(instance.id) ? "failed" : state);
  }
  const drawn = planGraph(plan, states, options.instances ? "instance" : "step");
  const { name, profile } = plan.document;
  const text = formatOf(options) === "svg" ? svgOf(drawn, profile ? `${name} (${profile})` : name) : mermaidOf(drawn);
  if (options.out === undefined) process.stdout.write(text);
  else {
    await writeOutput(options.out, text);
    process.stdout.write(`${options.out}: ${drawn.nodes.length} boxes, ${drawn.edges.length} arrows\n`);
  }
  return exitCodes.done;
}

/** As asked for, or as the file is called; text is what a terminal shows. */
function formatOf({ format, out }: GraphOptions): "svg" | "mermaid" {
  return format ?? (out !== undefined && extname(out) === ".svg" ? "svg" : "mermaid");
}
