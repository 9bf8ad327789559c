import type { PredictorGroup } from "./summary.js";

/** One line a patch: predictor, axes, fold, scanner, id, every figure (empty where undefined), and the instance that predicted. */
export function patchesCsv(groups: readonly PredictorGroup[], metrics: readonly string[]): string {
  const lines = [["predictor", "role", "axes", "fold", "domain", "id", ...metrics, "instance"].join(",")];
  for (const group of groups) {
    const axes = Object.entries(group.axes)
      .map(([axis, key]) => `${axis}=${key}`)
      .join(" ");
    for (const member of group.members) {
      for (const patch of member.patches) {
        const figures = metrics.map((metric) => (Number.isNaN(patch.figures[metric]) ? "" : patch.figures[metric]));
        const cells = [
          group.title,
          group.role,
          axes,
          member.artifact.value.split,
          patch.domain,
          patch.ids[0],
          ...figures,
          member.artifact.instance,
        ];
        lines.push(cells.map(quote).join(","));
      }
    }
  }
  return `${lines.join("\n")}\n`;
}

/** RFC 4180: quotes where a cell holds a comma, a quote or a line break. */
function quote(cell: string | number): string {
  const text = String(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
