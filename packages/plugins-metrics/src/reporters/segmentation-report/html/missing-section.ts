import type { MissingInput } from "@eosin/plugin-api";
import { type Markup, markup } from "@eosin/plugin-api/html";

/** What the report goes without and why, above everything else; nothing where it is whole. */
export function missingSection(missing: readonly MissingInput[]): Markup | undefined {
  if (missing.length === 0) return undefined;
  const failures = new Map(missing.map((each) => [each.because, each]));
  return markup`<h2>This report is incomplete</h2>
<p class="soft small">These steps failed, and what needed them is not there. Means are over the folds that are there. Running the document again computes only what is missing.</p>
<div class="scroll"><table class="words"><thead><tr><th>step</th><th>error</th><th>not there</th></tr></thead>
<tbody>${[...failures.values()].map(
    ({ because, code, message }) =>
      markup`<tr><td>${because}</td><td>${message} [${code}]</td><td>${missing
        .filter((each) => each.because === because)
        .map((each) => each.instance)
        .join(", ")}</td></tr>`,
  )}</tbody></table></div>`;
}
