import { EosinError } from "@eosin/plugin-api";

const scopeAndName = /^(?:@([^/]*)\/)?(.*)$/;
const word = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** What the name of a new plugin settles. */
export interface PluginName {
  /** On the registry: `brightness`, `@lab/brightness`. */
  readonly packageName: string;
  /** Without the scope; also the folder's name. */
  readonly name: string;
  /** What pipelines write: `mine/brightness`, `lab/brightness`. */
  readonly type: string;
}

/** @returns What is wrong with the name, in words, or nothing. */
export function flawOfName(text: string): string | undefined {
  const [, scope, name] = scopeAndName.exec(text) ?? [];
  if (!word.test(name ?? "")) return "lower-case words with hyphens, such as brightness or @my-lab/brightness";
  return scope === undefined || word.test(scope)
    ? undefined
    : "a scope in lower-case words with hyphens, such as @my-lab";
}

/** @throws EosinError `BAD_PLUGIN_NAME` */
export function parsePluginName(text: string): PluginName {
  const expected = flawOfName(text);
  if (expected !== undefined) {
    throw new EosinError({
      code: "BAD_PLUGIN_NAME",
      message: "This is not a name for a plugin.",
      expected,
      found: text === "" ? "nothing" : text,
      didYouMean: nearby(text),
      next: "pipe plugin new brightness --kind augmenter",
    });
  }
  const [, scope, name] = scopeAndName.exec(text) as unknown as [string, string | undefined, string];
  return { packageName: text, name, type: `${scope ?? "mine"}/${name}` };
}

function nearby(text: string): string | undefined {
  const kebab = text
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replaceAll(/[^a-z0-9@/]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return flawOfName(kebab) === undefined ? kebab : undefined;
}
