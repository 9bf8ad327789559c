import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { EosinError, type SourcePlace } from "@eosin/plugin-api";

/**
 * The absolute path that an option means. `~` and `$HOME` at its beginning are the home folder, as in a shell, unless a
 * file has that very name.
 * @param folder Where relative paths start.
 * @throws EosinError `PATH_VARIABLE` where it names another variable as shells do
 */
export function absolutePath(written: string, folder: string, place: SourcePlace): string {
  const literal = path.resolve(folder, written);
  const shorthand = /^(~|\$HOME|\$\{HOME\})(?=$|[/\\])/.exec(written)?.[0];
  const variable = /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/.exec(written);
  if ((shorthand === undefined && variable === null) || existsSync(literal)) return literal;
  if (shorthand !== undefined) return path.join(homedir(), written.slice(shorthand.length));
  const name = variable?.[1] ?? variable?.[2];
  throw new EosinError({
    code: "PATH_VARIABLE",
    message: `A path does not take the variable ${name} as a shell writes it.`,
    place,
    expected: `\${env.${name}}`,
    found: written,
    didYouMean: written.replace(variable?.[0] ?? "", `\${env.${name}}`),
    next: `Write \${env.${name}} in the place of ${variable?.[0]}.`,
  });
}
