import { errorCodes } from "./error-codes.mjs";

const head = `# Errors

Every error has a code: at the end of its first line on a terminal, and as \`code\` in \`--json\` and in \`events.jsonl\` of
a run. Codes never change their meaning, so scripts may match on them. The error itself says more: the place, what was
expected, what was found, and the next command. Plugins from elsewhere may have codes of their own.

This page is written by \`node scripts/error-reference.mjs\`.
`;

const cell = (text) => text.replaceAll("|", "\\|");

/** The text of docs/errors.md. */
export function errorPage() {
  const sections = errorCodes.map(({ title, codes }) => {
    const rows = Object.entries(codes)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, [means, todo]]) => `| \`${code}\` | ${cell(means)} | ${cell(todo)} |`);
    return [`## ${title}`, "", "| code | what it means | what to do |", "|---|---|---|", ...rows, ""].join("\n");
  });
  return [head, ...sections].join("\n");
}
