import type { AnyCommandDefinition } from "@eosin/plugin-api/commands";

/** A command as `pipe --help` knows it; what defines it is imported when it is called. */
export interface ListedCommand {
  /** The words after `pipe`, e.g. `plan` or `data check`. */
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** The package that lists it, where that is not one of Eosin's own. */
  readonly plugin?: string;
  /**
   * Absent where the name stands for the commands that begin with it.
   * @param trust Whether `--trust` is among the words of the call.
   * @throws EosinError where the module that is listed cannot be imported, or is not this command
   */
  load?(trust: boolean): Promise<AnyCommandDefinition>;
}

/** The words of a call before its first option. */
export function leadingWords(argv: readonly string[]): readonly string[] {
  const end = argv.findIndex((word) => word.startsWith("-"));
  return end < 0 ? argv : argv.slice(0, end);
}

/** The command that a call names: the one with the most words. */
export function namedCommand(argv: readonly string[], commands: readonly ListedCommand[]): ListedCommand | undefined {
  const words = leadingWords(argv);
  const named = commands.filter(({ name }) => beginsWith(words, name.split(" ")));
  return named.sort((a, b) => b.name.length - a.name.length)[0];
}

export function beginsWith(words: readonly string[], first: readonly string[]): boolean {
  return first.every((word, index) => words[index] === word);
}

/** Whether the user agrees to import what is listed elsewhere, before anything says which options there are. */
export function givesTrust(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return argv.slice(0, end < 0 ? undefined : end).includes("--trust");
}
