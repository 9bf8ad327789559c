import type { RunProvenance } from "@eosin/plugin-api";

/** Looks are absent where they said nothing. */
export type ReportProvenance = Omit<RunProvenance, "looks"> & Partial<Pick<RunProvenance, "looks">>;

export function reportProvenance({ looks, ...provenance }: RunProvenance): ReportProvenance {
  return { ...provenance, ...(looks?.length > 0 && { looks }) };
}
