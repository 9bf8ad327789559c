import type { JsonObject } from "@eosin/plugin-api";

const value = { $ref: "#/$defs/overriding-value" };
const oneOrMore = { description: "a value, or a list of values" };
const byItem = (description: string, inner: JsonObject): JsonObject => ({
  type: "object",
  description: `${description} Items go by their uses, or by their number from 0.`,
  additionalProperties: inner,
});
const itemName = { type: ["string", "integer"] };

/** What options are where they are laid over others: maps whose lists may be changed in parts. */
export const overridingSchema: JsonObject = { additionalProperties: value };

/** Definitions that {@link overridingSchema} refers to. */
export const overridingDefs: JsonObject = {
  "overriding-value": {
    anyOf: [
      { type: ["string", "number", "boolean", "null"] },
      { type: "array" },
      { $ref: "#/$defs/list-change" },
      { type: "object", propertyNames: { pattern: "^[^$]" }, additionalProperties: value },
    ],
  },
  "list-change": {
    type: "object",
    description: "Changes an inherited list instead of restating it.",
    minProperties: 1,
    properties: {
      $drop: {
        description: "Takes items out: a uses, a number from 0, or a list of them.",
        anyOf: [itemName, { type: "array", items: itemName }],
      },
      $change: byItem("Lays options over items.", value),
      $replace: byItem("Puts other values in the place of items.", {}),
      $before: byItem("Inserts before items.", oneOrMore),
      $after: byItem("Inserts after items.", oneOrMore),
      $prepend: { ...oneOrMore, description: "Inserts at the start." },
      $append: { ...oneOrMore, description: "Inserts at the end." },
    },
    additionalProperties: false,
  },
};
