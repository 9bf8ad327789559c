import type { AnyCommandDefinition, CommandArguments, CommandOption, CommandOptions } from "@eosin/plugin-api/commands";
import { Command, InvalidArgumentError, Option } from "commander";

/** What a call gives a command. */
export interface GivenValues {
  readonly arguments: { readonly [key: string]: string | readonly string[] | undefined };
  readonly options: { readonly [key: string]: unknown };
}

/**
 * A definition as commander reads calls by.
 * @param act Receives what the call gives.
 */
export function commanderCommand(
  definition: AnyCommandDefinition,
  act: (given: GivenValues) => Promise<void>,
): Command {
  const command = new Command(definition.name.split(" ").at(-1));
  const words = Object.entries(definition.arguments as CommandArguments);
  for (const [key, { help, optional, repeatable }] of words) {
    const name = `${kebab(key)}${repeatable ? "..." : ""}`;
    command.argument(optional ? `[${name}]` : `<${name}>`, help);
  }
  const options = definition.options as CommandOptions;
  for (const [key, option] of Object.entries(options)) command.addOption(commanderOption(key, option));
  return command.action(async (...given: unknown[]) => {
    const values = words.map(([key], index) => [key, given[index]]);
    await act({ arguments: Object.fromEntries(values), options: valuesOf(options, command.opts()) });
  });
}

function commanderOption(key: string, definition: CommandOption): Option {
  const { alias, value, schema, required, repeatable, help } = definition;
  const name = `${alias === undefined ? "" : `-${alias}, `}--${kebab(key)}`;
  const option = new Option(value === undefined ? name : `${name} <${value}>`, help);
  if (value === undefined) return option;
  const read = (text: string) => (schema === undefined ? text : parse(schema, text));
  if (repeatable) {
    option.default([]).argParser((text: string, former: readonly unknown[]) => [...former, read(text)]);
  } else if (schema !== undefined && isChoice(schema)) option.choices(schema.options);
  else option.argParser(read);
  if (definition.default !== undefined) option.default(definition.default);
  return option.makeOptionMandatory(required === true);
}

/** A `z.enum`, of whichever copy of zod. */
function isChoice(schema: object): schema is { readonly options: readonly string[] } {
  const options = "options" in schema ? schema.options : undefined;
  return Array.isArray(options) && options.every((each) => typeof each === "string");
}

function parse(schema: NonNullable<CommandOption["schema"]>, text: string): unknown {
  const read = schema.safeParse(text);
  if (read.success) return read.data;
  throw new InvalidArgumentError(read.error.issues.map(({ message }) => message).join(" "));
}

/** A flag that is not given is false. */
function valuesOf(options: CommandOptions, given: { readonly [key: string]: unknown }): GivenValues["options"] {
  return Object.fromEntries(
    Object.entries(options).map(([key, { value }]) => [key, value === undefined ? given[key] === true : given[key]]),
  );
}

/** `maxPixels` → `max-pixels` */
function kebab(key: string): string {
  // Of `--no-…` commander makes the opposite of another option.
  if (!/^(?!no[A-Z])[a-z][a-zA-Z0-9]*$/.test(key)) throw new Error(`the key ${key}`);
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
