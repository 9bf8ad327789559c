/** A command as package.json lists it, under `eosin.commands`. */
export interface ManifestCommand {
  readonly name: string;
  readonly summary: string;
  /** Path in the package, `./dist/…`; absent where the name stands for the commands that begin with it. */
  readonly module?: string;
}

export interface ManifestCommands {
  readonly commands: readonly ManifestCommand[];
  /** Entries that say nothing of use, as they are written. */
  readonly wrong: readonly string[];
}

export const expectedCommand = '{ "name": "count", "summary": "One sentence", "module": "./dist/count.js" }';

const commandName = /^[a-z][a-z0-9-]*( [a-z][a-z0-9-]*)?$/;

/** Reads the commands that a package.json lists; checked by hand, since `pipe --help` loads nothing that could. */
export function manifestCommands(manifest: object): ManifestCommands {
  const listed = "eosin" in manifest && isObject(manifest.eosin) ? manifest.eosin.commands : undefined;
  if (listed === undefined) return { commands: [], wrong: [] };
  if (!Array.isArray(listed)) return { commands: [], wrong: [JSON.stringify(listed)] };
  const commands = listed.filter(isCommand);
  const wrong = listed.filter((each) => !isCommand(each)).map((each) => JSON.stringify(each));
  return { commands, wrong };
}

function isCommand(entry: unknown): entry is ManifestCommand {
  if (!isObject(entry)) return false;
  const { name, summary, module } = entry;
  const isNamed = typeof name === "string" && commandName.test(name) && name.split(" ")[0] !== "help";
  return isNamed && isPrintable(summary) && (module === undefined || isInPackage(module));
}

/** Help shows it as it is: nothing that would move the cursor or hide text. */
export function isPrintable(text: unknown): boolean {
  return typeof text === "string" && /^[^\p{Cc}\p{Cf}]+$/u.test(text);
}

/** What is trusted is the package: a module elsewhere would be none of it. */
function isInPackage(module: unknown): boolean {
  return typeof module === "string" && module.startsWith("./") && !module.split(/[/\\]/).includes("..");
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null;
}
