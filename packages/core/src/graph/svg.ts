import { EosinError } from "@eosin/plugin-api";
import { escapeControls } from "../terminal/terminal-text.js";
import {
  describeCounts,
  type GraphNode,
  type NodeState,
  nodeStates,
  type PlanGraph,
  type StateWords,
} from "./plan-graph.js";
import { stateColours } from "./state-colours.js";

const lineHeight = 17;
const padding = 12;
const legendHeight = 34;
/** Of a character at 12 px, a little more than the average of sans-serif fonts: text must not leave its box. */
const characterWidth = 6.9;

/** The layout walks a chain of boxes by recursion, and takes time that grows with the square of their number. */
const mostBoxes = 2000;

/**
 * The graph as one SVG file, laid out from left to right; the same graph gives the same bytes.
 * @throws EosinError `GRAPH_TOO_LARGE`
 */
export async function svgOf(graph: PlanGraph, title: string, words: StateWords): Promise<string> {
  if (graph.nodes.length > mostBoxes) throw tooLarge(graph.nodes.length);
  // Only drawings need it: every other command starts without.
  const { default: dagre } = await import("@dagrejs/dagre");
  const layout = new dagre.graphlib.Graph();
  layout.setGraph({ rankdir: "LR", nodesep: 18, ranksep: 52, marginx: 16, marginy: 16 });
  layout.setDefaultEdgeLabel(() => ({}));
  for (const node of graph.nodes) layout.setNode(node.id, sizeOf(linesOf(node, words)));
  for (const [from, to] of graph.edges) layout.setEdge(from, to);
  dagre.layout(layout);
  const { width = 0, height = 0 } = layout.graph();
  const states = nodeStates.filter((state) => graph.nodes.some((node) => node.state === state));
  const whole = {
    width: Math.ceil(Math.max(width, legendWidth(states, words))),
    height: Math.ceil(height) + legendHeight,
  };
  const arrows = graph.edges.map(([from, to]) => arrow(layout.edge(from, to).points));
  const boxes = graph.nodes.map((node) => box(node, linesOf(node, words), layout.node(node.id) as Box));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${whole.width}" height="${whole.height}" viewBox="0 0 ${whole.width} ${whole.height}" font-family="system-ui, sans-serif" font-size="12">
<title>${escapeText(title)}</title>
<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0L8,4L0,8z" fill="#8a8f98"/></marker></defs>
<rect width="100%" height="100%" fill="#ffffff"/>
${[...arrows, ...boxes, legend(states, words, height)].join("\n")}
</svg>
`;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function linesOf(node: GraphNode, words: StateWords): readonly string[] {
  return [node.id, node.uses, describeCounts(node, words)].filter((line) => line !== "");
}

function sizeOf(lines: readonly string[]): { width: number; height: number } {
  const longest = Math.max(...lines.map((line) => line.length));
  return { width: longest * characterWidth + 2 * padding, height: lines.length * lineHeight + padding };
}

function box(node: GraphNode, lines: readonly string[], { x, y, width, height }: Box): string {
  const { fill, line } = stateColours[node.state];
  const [left, top] = [x - width / 2, y - height / 2];
  const several = Object.values(node.counts).reduce((sum, count) => sum + count, 0) > 1;
  const rect = (shift: number) =>
    `<rect x="${round(left + shift)}" y="${round(top - shift)}" width="${round(width)}" height="${height}" rx="7" fill="${fill}" stroke="${line}"/>`;
  const styleOf = (index: number) => {
    if (index === 0) return 'font-weight="600" fill="#1b1e24"';
    return `fill="${index === lines.length - 1 ? line : "#5b616c"}"`;
  };
  const texts = lines.map(
    (text, index) =>
      `<text x="${round(left + padding)}" y="${round(top + 4 + (index + 1) * lineHeight)}" ${styleOf(index)}>${escapeText(text)}</text>`,
  );
  // A step of several instances is a stack.
  return `<g>${several ? rect(4) : ""}${rect(0)}${texts.join("")}</g>`;
}

type Point = { readonly x: number; readonly y: number };

/** Corners are rounded to the middles of their sides; the ends stay where the layout met the boxes. */
function arrow(points: readonly Point[]): string {
  const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const at = ({ x, y }: Point) => `${round(x)},${round(y)}`;
  const corners = points.slice(1, -1).map((corner, index) => `Q${at(corner)} ${at(middle(corner, points[index + 2]))}`);
  const path = `M${at(points[0])}L${at(middle(points[0], points[1]))}${corners.join("")}L${at(points.at(-1)!)}`;
  return `<path d="${path}" fill="none" stroke="#8a8f98" stroke-linejoin="round" marker-end="url(#head)"/>`;
}

function legend(states: readonly NodeState[], words: StateWords, top: number): string {
  let x = 16;
  const entries = states.map((state) => {
    const at = x;
    x += legendEntryWidth(words[state]);
    const { fill, line } = stateColours[state];
    return `<rect x="${round(at)}" y="${round(top)}" width="14" height="14" rx="3" fill="${fill}" stroke="${line}"/><text x="${round(at + 20)}" y="${round(top + 11)}" fill="#5b616c">${words[state]}</text>`;
  });
  return `<g>${entries.join("")}</g>`;
}

function legendWidth(states: readonly NodeState[], words: StateWords): number {
  return 32 + states.reduce((sum, state) => sum + legendEntryWidth(words[state]), 0);
}

function legendEntryWidth(words: string): number {
  return 40 + words.length * characterWidth;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** XML can't hold control characters at all. */
function escapeText(text: string): string {
  return escapeControls(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function tooLarge(count: number): EosinError {
  return new EosinError({
    code: "GRAPH_TOO_LARGE",
    message: "The graph has more boxes than a picture can show.",
    expected: `at most ${mostBoxes} boxes`,
    found: `${count} boxes`,
    next: "Draw steps instead of instances (without --instances), or write text: --format mermaid",
  });
}
