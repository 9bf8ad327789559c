import { EosinError, nearestName, type SourcePlace } from "@eosin/plugin-api";
import type { ReferenceUse } from "../../nodes/node.js";
import { namePattern } from "../../schema/name-pattern.js";

const sources = ["params", "env", "steps", "each", "matrix"] as const;

export interface Reference extends ReferenceUse {
  readonly source: (typeof sources)[number];
  /** Of the parameter, variable, step or axis. */
  readonly name: string;
  /** `${each.axis.key}`: the key of the item instead of the item. */
  readonly key: boolean;
}

/**
 * Splits a text into literal parts and references: `${params.x}`, `${env.X}`, `${steps.x}`, `${each.axis}`,
 * `${each.axis.key}`, `${matrix.axis}`. `$${` stands for a literal `${`.
 * @throws EosinError `BAD_REFERENCE`
 */
export function parseTemplate(text: string, place: SourcePlace): readonly (string | Reference)[] {
  const parts: (string | Reference)[] = [];
  let literal = "";
  let at = 0;
  while (at < text.length) {
    if (text.startsWith("$${", at)) {
      literal += "${";
      at += 3;
    } else if (text.startsWith("${", at)) {
      const end = text.indexOf("}", at);
      if (end === -1) throw badReference(text.slice(at), place, "This reference has no closing brace.");
      if (literal !== "") parts.push(literal);
      literal = "";
      parts.push(parseReference(text.slice(at, end + 1), place, at === 0 && /^}($|[/\\])/.test(text.slice(end))));
      at = end + 1;
    } else {
      literal += text[at++];
    }
  }
  if (literal !== "" || parts.length === 0) parts.push(literal);
  return parts;
}

function parseReference(text: string, place: SourcePlace, atStart: boolean): Reference {
  const [source, name, property, ...rest] = text.slice(2, -1).split(".");
  // As shells write it, at the beginning of a path.
  if (atStart && text === "${HOME}") return { source: "env", name: "HOME", key: false, text, place };
  if (/^[A-Z_][A-Z0-9_]*$/.test(source) && name === undefined) {
    throw badReference(text, place, "A variable of the environment is written with env.", `\${env.${source}}`);
  }
  if (!isSource(source)) {
    const near = nearestName(source, sources);
    throw badReference(text, place, `References cannot begin with ${source || "nothing"}.`, near);
  }
  const pattern = source === "env" ? /^[A-Za-z_][A-Za-z0-9_]*$/ : namePattern;
  if (name === undefined || !pattern.test(name) || rest.length > 0) {
    throw badReference(text, place, "This is not a reference; expressions and defaults do not exist here.");
  }
  const key = source === "each" && property === "key";
  if (property !== undefined && !key) {
    throw badReference(text, place, `References cannot go into ${source}.${name}.`);
  }
  return { source, name, key, text, place };
}

function isSource(word: string): word is Reference["source"] {
  return (sources as readonly string[]).includes(word);
}

function badReference(found: string, place: SourcePlace, message: string, didYouMean?: string): EosinError {
  return new EosinError({
    code: "BAD_REFERENCE",
    message,
    place,
    expected: "${params.x}, ${env.X}, ${steps.x}, ${each.axis}, ${each.axis.key} or ${matrix.axis}",
    found,
    didYouMean,
    next: "Write $${ where the text should hold a literal ${.",
  });
}
