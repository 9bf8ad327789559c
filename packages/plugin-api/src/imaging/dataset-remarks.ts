import type { DatasetIndex } from "./dataset.js";

/** Reasons named for each dataset; the rest is counted. */
const mostReasons = 5;

/** What a planned dataset has to say beside its summary: how files were matched, and what it did not take. */
export function datasetRemarks(value: Partial<Pick<DatasetIndex, "passedOver" | "remarks">>): string[] {
  const { passedOver = [], remarks = [] } = value;
  const lines = passedOver.slice(0, mostReasons).map(({ reason, folder, count, examples }) => {
    const named = examples.join(", ") + (count > examples.length ? ", …" : "");
    return `${files(count)} passed over in ${folder}: ${reason} (${named})`;
  });
  const rest = passedOver.slice(mostReasons).reduce((sum, each) => sum + each.count, 0);
  return [...remarks, ...lines, ...(rest > 0 ? [`and ${files(rest)} more`] : [])];
}

function files(count: number): string {
  return `${count} ${count === 1 ? "file" : "files"}`;
}
