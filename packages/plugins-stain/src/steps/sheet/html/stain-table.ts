import { type Markup, markup } from "@eosin/plugin-api/html";
import type { SheetPatch, StainSheet } from "@eosin/plugin-api/imaging";
import { swatch } from "./stain-scale.js";

/** All patches' stains at a glance: swatches, and angles in degrees; a dash where there is none. */
export function stainTable({ patches, target }: StainSheet): Markup {
  const all = target === undefined || patches.includes(target) ? patches : [target, ...patches];
  const names = [...new Set(all.flatMap((patch) => patch.separation.stains.map((stain) => stain.name)))];
  if (names.length === 0) return markup``;
  const hasTarget = target !== undefined;
  const row = (patch: SheetPatch) =>
    markup`<tr><td>${patch.id}${patch === target ? " (target)" : ""}</td>${names.map((name) => {
      const stain = patch.separation.stains.find((each) => each.name === name);
      return markup`<td>${stain ? swatch(stain.vector) : "–"}</td><td>${angle(stain?.toReference)}</td>${hasTarget ? markup`<td>${angle(stain?.toTarget)}</td>` : undefined}`;
    })}<td>${angle(patch.separation.angle)}</td></tr>`;
  return markup`<div class="scroll"><table>
<thead><tr><th>patch</th>${names.map((name) => markup`<th>${name}</th><th>to reference</th>${hasTarget ? markup`<th>to target</th>` : undefined}`)}<th>between the stains</th></tr></thead>
<tbody>${all.map(row)}</tbody></table></div>`;
}

function angle(degrees: number | undefined): string {
  return degrees === undefined ? "–" : `${degrees.toFixed(1)}°`;
}
