import { namePattern } from "./name-pattern.js";

/** The name that a text would make: `learning-rate` for `learning rate`, `grosse` for `große`. */
export function meantName(text: string): string | undefined {
  const letters = text.replaceAll("ß", "ss").normalize("NFKD").replaceAll(/\p{M}/gu, "");
  const name = letters
    .trim()
    .replaceAll(/[^A-Za-z0-9_]+/g, "-")
    .replaceAll(/^[^A-Za-z]+|-+$/g, "");
  return namePattern.test(name) && name.length <= 64 ? name : undefined;
}
