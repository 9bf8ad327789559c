import { expect, test } from "vitest";
import { mermaidOf } from "./mermaid.js";
import { type DrawnInstance, planGraph, type StateWords } from "./plan-graph.js";
import { svgOf } from "./svg.js";

const words: StateWords = { failed: "f", skipped: "s", continues: "c", runs: "r", stored: "d", planned: "p" };
const graphOf = (ids: readonly string[]) => {
  const drawn = ids.map(
    (id, i): DrawnInstance => ({ id, step: id, uses: "toy/x", inputs: i === 0 ? [] : [ids[i - 1]] }),
  );
  return planGraph(drawn, new Map(ids.map((id) => [id, "stored" as const])), "step");
};

test("names can't leave their boxes, nor the file be no XML", async () => {
  const graph = graphOf(["a\u001b[2J", "b<script>"]);
  const svg = await svgOf(graph, "t\u0007", words);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML can't hold them
  expect(svg + mermaidOf(graph, words)).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
  expect(svg).toContain("a\\u001b[2J");
  expect(svg).not.toContain("<script>");
});

test("more boxes than can be laid out are refused; text takes them", async () => {
  const graph = graphOf(Array.from({ length: 5000 }, (_, i) => `s${i}`));
  await expect(svgOf(graph, "t", words)).rejects.toMatchObject({ code: "GRAPH_TOO_LARGE", found: "5000 boxes" });
  expect(mermaidOf(graph, words).match(/-->/g)).toHaveLength(4999);
});
