import { type Markup, markup } from "@eosin/plugin-api/html";
import type { FallbackSummary } from "../fallbacks.js";

/** Patches named a component; `results.json` has them all. */
const mostNamed = 5;

/** Which patches components could not treat as asked; nothing where there are none. */
export function fallbacksSection(summaries: readonly FallbackSummary[]): Markup | undefined {
  if (summaries.length === 0) return undefined;
  return markup`<h2>Patches that a method could not work with</h2>
<p class="soft small">Distinct patches, and how many of each fold's part. A training patch counts once, whichever epochs met it.</p>
<div class="scroll"><table class="words">
<thead><tr><th>method</th><th>patches</th><th>of</th><th>which, and why</th></tr></thead>
<tbody>${summaries.map(
    (each) =>
      markup`<tr><td>${each.component}: ${each.treatment}</td><td>${each.patches.length}</td><td>${lines(
        each.parts.map(({ split, part, count, of }) => `${count} of ${of} (${split}, ${part})`),
      )}</td><td>${lines(namedPatches(each))}</td></tr>`,
  )}</tbody></table></div>`;
}

function namedPatches({ patches }: FallbackSummary): readonly string[] {
  const named = patches.slice(0, mostNamed).map(({ id, reason }) => `${id}: ${reason}`);
  const more = patches.length - named.length;
  return more === 0 ? named : [...named, `and ${more} more, in results.json`];
}

function lines(texts: readonly string[]): readonly Markup[] {
  return texts.map((text) => markup`<div>${text}</div>`);
}
