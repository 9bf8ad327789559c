import type { StepComponent } from "@eosin/plugin-api";
import type { Options } from "./options.js";

export function create({ dataset, separator }: Options): StepComponent {
  return {
    async run(context) {
      const { samples } = (await context.open(dataset)).value;
      const counts = new Map<string, number>();
      for (const [done, { domain }] of samples.entries()) {
        counts.set(domain, (counts.get(domain) ?? 0) + 1);
        context.progress({ unit: "sample", current: done + 1, total: samples.length });
      }
      const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
      const lines = [["domain", "samples"], ...rows].map(
        (cells) => `${cells.map((cell) => csvCell(cell, separator)).join(separator)}\n`,
      );
      await context.output.write("samples.csv", lines.join(""));
      return Object.fromEntries(rows);
    },
  };
}

/** Quoted where it must be, and with an apostrophe before what spreadsheets would take for a formula. */
function csvCell(cell: string | number, separator: string): string {
  if (typeof cell === "number") return String(cell);
  const text = /^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return text.includes(separator) || /["\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
