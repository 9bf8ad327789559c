import { basename } from "node:path";
import type { RunProvenance } from "@eosin/plugin-api";
import { type Markup, markup } from "@eosin/plugin-api/html";
import { dataNotes } from "./data-section.js";
import type { ReportProvenance } from "./report-provenance.js";

/** Everything that the results depend on: what the `#id` of a table's row leads to. */
export function settingsSection(provenance: ReportProvenance): Markup {
  const { plugins, engine, params, seed, document, looks } = provenance;
  const rows: [string, string][] = [
    ["document", basename(document.file)],
    ["seed", String(seed)],
    ["engine", engine ? Object.values(engine).join(" · ") : "none"],
    ...Object.entries(plugins).map(([name, version]): [string, string] => [name, version]),
  ];
  return markup`<h2>Settings and versions</h2>
<div class="scroll"><table><tbody>${rows.map(([name, value]) => markup`<tr><td>${name}</td><td>${value}</td></tr>`)}</tbody></table></div>
<details><summary>Parameters</summary><pre>${JSON.stringify(params, null, 2)}</pre></details>${dataNotes(looks)}
${tracedSteps(provenance)}`;
}

/**
 * Each step with the line that asks for it, the plugin and version that made it, its fingerprint, inputs and options.
 * @param scope Sets the steps of one run apart from those of another on the same page.
 */
export function tracedSteps(
  { steps, plugins }: Pick<RunProvenance, "steps" | "plugins">,
  scope = "",
): readonly Markup[] {
  return steps.map(
    (step) =>
      markup`<details><summary>${step.instance} <span class="soft small">${step.uses} · ${step.place} · ${step.fingerprint.slice(0, 12)}</span></summary>
<p class="small" id="${stepAnchor(step.instance, scope)}">from ${step.plugin} ${plugins[step.plugin] ?? ""}, fingerprint <code>${step.fingerprint}</code>${
        step.inputs.length === 0
          ? undefined
          : markup`, reads ${step.inputs.map((input, i) => markup`${i === 0 ? "" : ", "}${stepLink(input, input, scope)}`)}`
      }</p><pre>${JSON.stringify(step.options, null, 2)}</pre></details>`,
  );
}

/** A link to where the page says what an instance was made with. */
export function stepLink(instance: string, text: string, scope = ""): Markup {
  return markup`<a href="#${stepAnchor(instance, scope)}">${text}</a>`;
}

/** Stands inside the folded part: a browser unfolds what a link leads into. */
function stepAnchor(instance: string, scope: string): string {
  // Keys may be in any script, and `a/b` is another one than `a:b`.
  const named = instance.replaceAll(/[^\p{L}\p{M}\p{N}_.=-]/gu, (other) =>
    "[],".includes(other) ? "_" : `_${other.codePointAt(0)?.toString(16)}_`,
  );
  return `step-${scope}${named}`;
}
