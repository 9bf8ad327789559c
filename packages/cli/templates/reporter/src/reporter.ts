import { listOfHandles, type ReportSummary, type StepComponent } from "@eosin/plugin-api";
import { markup, page } from "@eosin/plugin-api/html";
import type { Options } from "./options.js";

export function create({ predictions, title }: Options): StepComponent<ReportSummary> {
  return {
    async run(context) {
      const counts = new Map<string, number>();
      for (const handle of listOfHandles(predictions)) {
        const { value } = await context.open(handle);
        for (const { domain } of value.samples) counts.set(domain, (counts.get(domain) ?? 0) + 1);
      }
      const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
      const cells = rows.map(([domain, count]) => markup`<tr><td>${domain}</td><td>${count}</td></tr>`);
      const body = markup`<table><tr><th>scanner</th><th>patches</th></tr>${cells}</table>`;
      await context.output.write("report.html", page({ title, description: context.provenance.document.name, body }));
      // `open` is the page that the last lines of a run name.
      return { open: "report.html" };
    },
  };
}
