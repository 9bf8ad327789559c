/** A text from outside, such as a file's name, within a line of ours: a line break in it begins no other. */
export function oneLine(text: string): string {
  return text.replaceAll("\n", "\\n");
}
