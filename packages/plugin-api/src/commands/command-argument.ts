/** A word that follows the command's name, in the order of the definition; its key is its name in the help. */
export interface CommandArgument {
  /** A clause for `--help`, e.g. `pipeline document (YAML)`. */
  readonly help: string;
  readonly optional?: true;
  /** The last one alone: all words that are left, as a list; at least one unless it is optional. */
  readonly repeatable?: true;
}

/** Arguments by their names, in the order in which they are typed. */
export type CommandArguments = { readonly [key: string]: CommandArgument };

/** What a command gets for its arguments. */
export type ArgumentValues<Arguments> = { readonly [Key in keyof Arguments]: ArgumentValue<Arguments[Key]> };

type ArgumentValue<Argument> = Argument extends { readonly repeatable: true }
  ? readonly string[]
  : Argument extends { readonly optional: true }
    ? string | undefined
    : string;
