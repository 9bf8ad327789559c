import { escapeControls } from "../terminal/terminal-text.js";
import { describeCounts, nodeStates, type PlanGraph, type StateWords } from "./plan-graph.js";
import { stateColours } from "./state-colours.js";

/** The graph as a Mermaid flowchart, for Markdown pages that render it. */
export function mermaidOf({ nodes, edges }: PlanGraph, words: StateWords): string {
  // Ids of instances hold what Mermaid's must not.
  const key = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const lines = ["flowchart LR"];
  for (const node of nodes) {
    const label = [`<b>${escapeLabel(node.id)}</b>`, escapeLabel(node.uses), describeCounts(node, words)].join("<br/>");
    lines.push(`  ${key.get(node.id)}["${label}"]:::${node.state}`);
  }
  for (const [from, to] of edges) lines.push(`  ${key.get(from)} --> ${key.get(to)}`);
  for (const state of nodeStates.filter((each) => nodes.some((node) => node.state === each))) {
    const { fill, line } = stateColours[state];
    lines.push(`  classDef ${state} fill:${fill},stroke:${line},color:#1b1e24`);
  }
  return `${lines.join("\n")}\n`;
}

function escapeLabel(text: string): string {
  return escapeControls(text).replaceAll(/[#"<>&]/g, (character) => `#${character.charCodeAt(0)};`);
}
