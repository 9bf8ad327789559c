import { randomUUID } from "node:crypto";

/** Gives a text the look of an escape sequence, until `forTerminal` puts it there. */
export type Paint = (text: string) => string;

// Nobody outside this process knows it: a text from outside cannot pass for our own colours.
const mark = `\u001b${randomUUID()}`;
const marked = new RegExp(`${mark}(\\d+)m`);

/** @param open SGR codes that begin and end a look, e.g. 31 and 39 for red. */
export function paint(open: number, close: number): Paint {
  return (text) => `${mark}${open}m${text}${mark}${close}m`;
}

/** A text as a terminal may have it: painted where `paint` painted it; what came from outside does nothing there. */
export function forTerminal(text: string): string {
  const parts = text.split(marked);
  return parts.map((part, index) => (index % 2 === 0 ? escapeControls(part) : `\u001b[${part}m`)).join("");
}

// Control characters but for tab and line feed, separators of lines, and what turns the direction of writing.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is escaped
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** `\u001b` for an escape character: as JSON writes it, so that JSON stays JSON. */
export function escapeControls(text: string): string {
  return text.replaceAll(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
