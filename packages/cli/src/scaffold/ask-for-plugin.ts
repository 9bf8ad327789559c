import { EosinError, nearestName } from "@eosin/plugin-api";
import { type OfferedKind, offeredKindNames, offeredKinds } from "./offered-kinds.js";
import { flawOfName, type PluginName, parsePluginName } from "./plugin-name.js";

export interface PluginWish {
  readonly name: PluginName;
  readonly kind: OfferedKind;
}

/**
 * What the flags leave open is asked on a terminal.
 * @returns Nothing where the user breaks off.
 * @throws EosinError `MISSING_FLAG` where nobody can be asked, `BAD_PLUGIN_NAME`, `UNKNOWN_KIND`
 */
export async function askForPlugin(
  name: string | undefined,
  kind: string | undefined,
): Promise<PluginWish | undefined> {
  const given = { name: name === undefined ? undefined : parsePluginName(name), kind: parseKind(kind) };
  if (given.name && given.kind) return { name: given.name, kind: given.kind };
  if (!process.stdin.isTTY || !process.stdout.isTTY) throw missing(given.name ? "--kind" : "NAME");
  const prompts = await import("@clack/prompts");
  const answeredName =
    given.name?.packageName ??
    (await prompts.text({
      message: "What is the plugin called?",
      placeholder: "brightness, or @my-lab/brightness",
      validate: (text) => {
        const expected = flawOfName(text ?? "");
        return expected === undefined ? undefined : `Expected ${expected}`;
      },
    }));
  if (prompts.isCancel(answeredName)) return undefined;
  const answeredKind =
    given.kind ??
    (await prompts.select({
      message: "What is it?",
      options: offeredKindNames.map((each) => ({ value: each, label: each, hint: offeredKinds[each].what })),
    }));
  if (prompts.isCancel(answeredKind)) return undefined;
  return { name: parsePluginName(answeredName), kind: answeredKind };
}

function parseKind(kind: string | undefined): OfferedKind | undefined {
  if (kind === undefined) return undefined;
  const found = offeredKindNames.find((each) => each === kind);
  if (found) return found;
  throw new EosinError({
    code: "UNKNOWN_KIND",
    message: `There is no kind ${kind}.`,
    place: "--kind",
    expected: `one of ${offeredKindNames.join(", ")}`,
    found: kind,
    didYouMean: nearestName(kind, offeredKindNames),
    next: "pipe plugin new --help",
  });
}

function missing(flag: string): EosinError {
  return new EosinError({
    code: "MISSING_FLAG",
    message: `pipe plugin new needs ${flag === "NAME" ? "a name" : "a kind"}, and there is no terminal to ask on.`,
    place: flag,
    expected: "pipe plugin new NAME --kind KIND",
    next: `KIND is one of ${offeredKindNames.join(", ")}.`,
  });
}
