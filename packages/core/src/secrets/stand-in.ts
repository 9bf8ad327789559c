import { EosinError, type JsonValue, type SourcePlace } from "@eosin/plugin-api";

/** Names of secret variables and their values. They live in memory alone. */
export type Secrets = ReadonlyMap<string, string>;

/** What is written in the place of a secret variable's value: the reference itself. */
export function standInOf(name: string): string {
  return `\${env.${name}}`;
}

const standIn = /\$\{env\.([A-Za-z_][A-Za-z0-9_]*)\}/g;

/**
 * Puts values in the place of their stand-ins, at every depth; gives back the same value where there are none.
 * @param names Of the secret variables: other texts that look like a reference stay.
 * @throws EosinError `VARIABLE_NOT_SET`, with the place
 */
export function fillIn<Value>(value: Value, names: readonly string[], env: Environment, place?: SourcePlace): Value {
  if (names.length === 0) return value;
  return mapTexts(value as JsonValue, (text) =>
    text.replaceAll(standIn, (reference, name: string) => {
      if (!names.includes(name)) return reference;
      const given = env[name];
      if (given === undefined || given === "") throw notSet(name, place);
      return given;
    }),
  ) as Value;
}

type Environment = { readonly [name: string]: string | undefined };

/** The same plain value with every text of it changed, keys included. */
export function mapTexts(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item: JsonValue) => mapTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapTexts(item, change)]));
}

function notSet(name: string, place: SourcePlace | undefined): EosinError {
  return new EosinError({
    code: "VARIABLE_NOT_SET",
    message: `The environment variable ${name} is not set. It is secret, so no plan keeps it.`,
    place,
    expected: "its value in the environment of every process that runs a part of the plan",
    found: "no such variable",
    next: `export ${name}=…`,
  });
}
