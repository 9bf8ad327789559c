/** Words that say what a variable holds, wherever they are in its name. */
const surely = /^(SECRETS?|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|APIKEY)\d*$/;
/** Those that do unless the name ends otherwise: KEY_DIR and PASS_COUNT hold something else. */
const likely = /^(KEY|PASS|TOKEN|PAT|AUTH|PWD|COOKIE|DSN)\d*$/;
const otherEnds =
  /^(COUNT|LIMIT|LENGTH|SIZE|NUMBER|INDEX|ID|NAME|TYPE|KIND|MODE|DIR|FOLDER|PATH|FILE|ROOT|URL|HOST|PORT|LAYOUT|RATE)$/;
/** The shell's own. */
const harmless = new Set(["PWD", "OLDPWD", "PUBLIC_KEY"]);

/** What a document says of its variables, over what their names say. */
export interface SecretRules {
  readonly secrets: readonly string[];
  readonly notSecrets: readonly string[];
}

/** Whether the value of an environment variable must not be written anywhere. */
export function isSecret(name: string, { secrets, notSecrets }: SecretRules): boolean {
  if (secrets.includes(name)) return true;
  return !notSecrets.includes(name) && looksSecret(name);
}

function looksSecret(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1_$2")
    .toUpperCase()
    .split(/[_\-.]+/)
    .filter((word) => word !== "");
  if (harmless.has(words.join("_")) || words.slice(-2).join("_") === "PUBLIC_KEY") return false;
  if (words.some((word) => surely.test(word))) return true;
  return words.some((word) => likely.test(word)) && !otherEnds.test(words.at(-1) ?? "");
}
