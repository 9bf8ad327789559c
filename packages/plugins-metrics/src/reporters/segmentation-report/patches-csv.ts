import type { PredictorGroup } from "../../judging/summary.js";
import { csvCell } from "./csv-cell.js";

/**
 * One line a patch: predictor, axes, fold, scanner, id, its group where patches have one, every figure (empty where
 * undefined), and the instance that predicted.
 */
export function patchesCsv(groups: readonly PredictorGroup[], metrics: readonly string[]): string {
  const patches = groups.flatMap(({ members }) => members.flatMap((member) => member.patches));
  const grouped = patches.some(({ group }) => group !== undefined);
  const names = [...(grouped ? ["group"] : []), ...metrics];
  const lines = [["predictor", "role", "axes", "fold", "domain", "id", ...names, "instance"].map(csvCell).join(",")];
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
          ...(grouped ? [patch.group ?? ""] : []),
          ...figures,
          member.artifact.instance,
        ];
        lines.push(cells.map(csvCell).join(","));
      }
    }
  }
  return `${lines.join("\n")}\n`;
}
