import { type Affix, guessMaskSuffix, guessNaming, type Naming } from "./naming.js";

/**
 * The options that would pair the files, as lines of a document: `maskSuffix: _mask`.
 * @param images Stems of images, @param masks of masks, @param now How they are taken to be named.
 */
export function namingAdvice(images: readonly string[], masks: readonly string[], now: Naming): string | undefined {
  const guess = guessNaming(images, masks);
  if (!guess) return undefined;
  const lines = (["image", "mask"] as const).flatMap((part) =>
    (["prefix", "suffix"] as const).flatMap((side) => changedOption(part, side, guess, now)),
  );
  return lines.length === 0 ? undefined : lines.join(", ");
}

/** The same where images and masks are in one folder. */
export function oneFolderAdvice(stems: readonly string[]): string | undefined {
  const suffix = guessMaskSuffix(stems);
  return suffix === undefined ? undefined : `\`maskSuffix: ${yamlText(suffix)}\``;
}

/** Text as a YAML value: quoted where it would not be read as the same text. */
export function yamlText(text: string): string {
  return /^[\p{L}_./][\p{L}\p{N}_./-]*$/u.test(text) && !/^(true|false|null|yes|no|on|off|y|n|~)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

function changedOption(part: "image" | "mask", side: keyof Affix, guess: Naming, now: Naming): string[] {
  const value = guess[part][side];
  if (value === now[part][side]) return [];
  return [`\`${part}${side === "prefix" ? "Prefix" : "Suffix"}: ${yamlText(value)}\``];
}
