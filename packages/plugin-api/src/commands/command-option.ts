import type { z } from "zod";

/**
 * An option of a command. Its key gives the flag: `maxPixels` is `--max-pixels`. Without `value` it is a flag that is
 * given or not.
 */
export interface CommandOption {
  /** A clause for `--help`, e.g. `where outputs are kept`. */
  readonly help: string;
  /** One letter: `o` for `-o`. */
  readonly alias?: string;
  /** What stands for its value in the help, e.g. `file` for `--out <file>`. */
  readonly value?: string;
  /**
   * Reads one value from its text, e.g. {@link wholeNumber}; its message follows "argument … is invalid". The choices
   * of a `z.enum` are in the help. Any text unless said.
   */
  readonly schema?: z.ZodType;
  /** What holds where it is not given. */
  readonly default?: unknown;
  /** The command cannot do without it. */
  readonly required?: true;
  /** May be given again and again: the command gets a list. */
  readonly repeatable?: true;
}

/** Options by their keys, in the order of the help. */
export type CommandOptions = { readonly [key: string]: CommandOption };

/** What a command gets for its options. */
export type OptionValues<Options> = { readonly [Key in keyof Options]: OptionValue<Options[Key]> };

type OptionValue<Option> = Option extends { readonly value: string }
  ? Option extends { readonly repeatable: true }
    ? readonly OneValue<Option>[]
    : Option extends { readonly default: unknown } | { readonly required: true }
      ? OneValue<Option>
      : OneValue<Option> | undefined
  : boolean;

type OneValue<Option> = Option extends { readonly schema: infer Schema extends z.ZodType } ? z.output<Schema> : string;

/** What the types of single options cannot say: defaults are what their schemas give, and no key is misspelt. */
export type FittingOptions<Options> = {
  readonly [Key in keyof Options]: FittingDefault<Options[Key]> & {
    readonly [Other in Exclude<keyof Options[Key], keyof CommandOption>]: never;
  };
};

type FittingDefault<Option> = Option extends { readonly default: unknown }
  ? { readonly default: OneValue<Option> }
  : unknown;

/**
 * Options that several commands share, or that a type is taken from.
 * @example
 * ```ts
 * import { defineOptions, type OptionValues } from "@eosin/plugin-api/commands";
 *
 * const options = defineOptions({ out: { alias: "o", value: "file", default: "page.html", help: "the page" } });
 * export type Options = OptionValues<typeof options>; // { readonly out: string }
 * ```
 */
export function defineOptions<const Options extends CommandOptions>(
  options: Options & FittingOptions<Options>,
): Options {
  return options;
}
