import { basename } from "node:path";
import type { RunProvenance } from "@eosin/plugin-api";
import { type Markup, markup } from "@eosin/plugin-api/html";

/** Everything that the results depend on, so that each number can be traced to a step, an option and a version. */
export function settingsSection(provenance: RunProvenance): Markup {
  const { plugins, engine, params, seed, steps, document } = provenance;
  const rows: [string, string][] = [
    ["document", basename(document.file)],
    ["seed", String(seed)],
    ["engine", engine ? Object.values(engine).join(" · ") : "none"],
    ...Object.entries(plugins).map(([name, version]): [string, string] => [name, version]),
  ];
  return markup`<h2>Settings and versions</h2>
<div class="scroll"><table><tbody>${rows.map(([name, value]) => markup`<tr><td>${name}</td><td>${value}</td></tr>`)}</tbody></table></div>
<details><summary>Parameters</summary><pre>${JSON.stringify(params, null, 2)}</pre></details>
${steps.map(
  (step) =>
    markup`<details><summary>${step.instance} <span class="soft small">${step.uses} · ${step.fingerprint.slice(0, 12)}</span></summary><pre>${JSON.stringify(step.options, null, 2)}</pre></details>`,
)}`;
}
