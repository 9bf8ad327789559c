import { type JsonObject, nearestName } from "@eosin/plugin-api";
import type { DocumentNode } from "../nodes/node.js";

/**
 * What a text most likely stands for, where the schemas take no text: `true` for `yes`, `0.001` for `0,001`, the nearest
 * of an enumeration.
 */
export function meantValue(schemas: readonly JsonObject[], node: DocumentNode): string | undefined {
  if (node.kind !== "scalar" || typeof node.value !== "string" || node.secret !== undefined) return undefined;
  const text = node.value.trim();
  for (const schema of schemas) {
    const meant = meantBy(schema, text);
    if (meant !== undefined) return meant;
  }
  return undefined;
}

function meantBy({ type, enum: values }: JsonObject, text: string): string | undefined {
  if (type === "boolean") {
    // Words of YAML 1.1; since 1.2 they are plain text.
    if (/^(y|yes|on|true)$/i.test(text)) return "true";
    return /^(n|no|off|false)$/i.test(text) ? "false" : undefined;
  }
  if (type === "number" || type === "integer") {
    const point = text.replace(",", ".");
    return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(point) ? String(Number(point)) : undefined;
  }
  if (!Array.isArray(values)) return undefined;
  return nearestName(
    text,
    values.filter((value) => typeof value === "string"),
  );
}
