import { createHash } from "node:crypto";

/** File systems take 255 bytes; endings such as `.log` come on top. */
const longest = 120;

/**
 * An instance's id, or a document's name, as the name of a file: axis keys may hold what that may not, e.g. the slash of a
 * component type, and may be longer.
 */
export function toFileName(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: names of files can't hold them everywhere
  const name = text.replaceAll(/[/\\:*?"<>|\u0000-\u001f]/g, "-");
  if (Buffer.byteLength(name) <= longest) return name;
  const cut = new TextDecoder().decode(Buffer.from(name).subarray(0, longest - 12)).replace(/\ufffd+$/, "");
  return `${cut}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}`;
}
