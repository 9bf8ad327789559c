import { z } from "@eosin/plugin-api/zod";

/** Names of capture groups that an expression must have at least one of: they name the attributes. */
const NAMED_GROUP = /\(\?<[\p{L}_$]/u;

export const attributesOption = z
  .strictObject({
    table: z.string().min(1).optional().describe("CSV or TSV file with a line a sample."),
    id: z.string().min(1).default("id").describe("The table's column of ids; the others become attributes."),
    pattern: z
      .string()
      .refine(isExpression, { error: "No regular expression with a named group, e.g. (?<patient>P\\d+)." })
      .optional()
      .describe(
        "Instead of a table: a regular expression over ids, e.g. (?<patient>P\\d+); its groups are attributes.",
      ),
  })
  .refine((options) => (options.table === undefined) !== (options.pattern === undefined), {
    error: "Give either `table` or `pattern`.",
  })
  .optional()
  .describe("What else is known of each sample, e.g. its patient: splits may keep equal ones together.");
export type AttributesOption = z.output<typeof attributesOption>;

function isExpression(text: string): boolean {
  try {
    new RegExp(text, "u");
    return NAMED_GROUP.test(text);
  } catch {
    return false;
  }
}
