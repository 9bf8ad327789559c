import type { LookLine, TracedLook } from "@eosin/plugin-api";
import { type Markup, markup } from "@eosin/plugin-api/html";

/** What the looks at the data warned of, near the top: it may explain every figure below. Nothing where they did not. */
export function dataWarnings(looks: readonly TracedLook[] = []): Markup | undefined {
  const warnings = linesOf(looks, "warning");
  if (warnings.length === 0) return undefined;
  return markup`<h2>About the data</h2>
${linesTable(warnings)}
`;
}

/** What they noted beside that, as of formats and how values were read; nothing where they did not. */
export function dataNotes(looks: readonly TracedLook[] = []): Markup | undefined {
  const notes = linesOf(looks, "note");
  if (notes.length === 0) return undefined;
  return markup`
<details><summary>Notes about the data</summary>${linesTable(notes)}</details>`;
}

interface SaidOf {
  readonly instance: string;
  readonly texts: readonly string[];
}

function linesOf(looks: readonly TracedLook[], level: LookLine["level"]): readonly SaidOf[] {
  return looks
    .map(({ instance, lines }) => ({
      instance,
      texts: lines.filter((line) => line.level === level).map(({ text }) => text),
    }))
    .filter(({ texts }) => texts.length > 0);
}

function linesTable(said: readonly SaidOf[]): Markup {
  return markup`<div class="scroll"><table class="words"><thead><tr><th>step</th><th>what its files show</th></tr></thead>
<tbody>${said.map(
    ({ instance, texts }) =>
      markup`<tr><td>${instance}</td><td>${texts.map((text) => markup`<div>${text}</div>`)}</td></tr>`,
  )}</tbody></table></div>`;
}
