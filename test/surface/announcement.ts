import type { ContractChange } from "./contract-changes.js";

export const bumps = ["none", "patch", "minor", "major"] as const;
export type Bump = (typeof bumps)[number];

/** @returns What is wrong where the changesets promise less than the contract's changes need, and how to fix it. */
export function announcementFault(changes: readonly ContractChange[], announced: Bump): string | undefined {
  const breaking = changes.filter((change) => change.breaking);
  const needed: Bump = breaking.length > 0 ? "major" : changes.length > 0 ? "minor" : "none";
  if (bumps.indexOf(announced) >= bumps.indexOf(needed)) return undefined;
  const shown = breaking.length > 0 ? breaking : changes;
  return [
    breaking.length > 0
      ? "@eosin/plugin-api breaks plugins that were built for the last release, and no changeset says so:"
      : "@eosin/plugin-api offers more than at its last release, and no changeset says so:",
    ...shown.map(({ what }) => `  - ${what}`),
    `expected: a changeset "@eosin/plugin-api": ${needed}`,
    `found: ${announced}`,
    breaking.length > 0
      ? "next: keep the old form beside the new one (best for authors), or run `npx changeset` and choose major for @eosin/plugin-api. What plugins only receive, never make, may grow: mark it @given in its comment."
      : "next: run `npx changeset` and choose minor for @eosin/plugin-api",
  ].join("\n");
}
