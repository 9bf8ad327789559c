import { type EosinErrorDetails, isEosinError, type SourcePlace, showPlace } from "@eosin/plugin-api";
import { forTerminal, type Paint, paint } from "../terminal/terminal-text.js";
import { cutAround, cutText } from "./cut-text.js";
import { sourceLine } from "./source-line.js";

export interface RenderOptions {
  readonly color: boolean;
  /** Paths inside it are shown relative to it; the current working folder unless said. */
  readonly cwd?: string;
}

interface Palette {
  readonly red: Paint;
  readonly bold: Paint;
  readonly dim: Paint;
  readonly cyan: Paint;
}

const plain: Palette = { red: (s) => s, bold: (s) => s, dim: (s) => s, cyan: (s) => s };

const coloured: Palette = { red: paint(31, 39), bold: paint(1, 22), dim: paint(2, 22), cyan: paint(36, 39) };

/**
 * One block a fault: what is wrong, the place with its source line, expected, found, nearest name, next step. Long texts are
 * cut, and what a terminal would obey is escaped.
 */
export function renderError(error: unknown, how: RenderOptions): string {
  return forTerminal(render(error, how));
}

function render(error: unknown, how: RenderOptions): string {
  const palette = how.color ? coloured : plain;
  if (isEosinError(error) || isDetails(error)) {
    return [error, ...(error.also ?? [])].map((each) => renderOne(each, palette, how.cwd)).join("\n\n");
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${palette.red("error")} ${message}`;
}

/** An error that crossed processes as plain data. */
function isDetails(value: unknown): value is EosinErrorDetails {
  if (typeof value !== "object" || value === null || value instanceof Error) return false;
  return "code" in value && typeof value.code === "string" && "message" in value && typeof value.message === "string";
}

function renderOne(error: EosinErrorDetails, palette: Palette, cwd: string | undefined): string {
  const lines = [
    `${palette.red("error")} ${palette.bold(cutText(error.message).replaceAll("\n", `\n${" ".repeat(6)}`))} ${palette.dim(`[${error.code}]`)}`,
  ];
  if (typeof error.place === "string") lines.push(`  at ${palette.cyan(oneLine(error.place))}`);
  else if (error.place) lines.push(...renderPlace(error.place, palette, cwd));
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["expected", error.expected],
    ["found", error.found],
    ["did you mean", error.didYouMean],
    ["next", error.next],
  ];
  for (const [label, text] of facts) {
    if (text !== undefined)
      lines.push(`  ${palette.dim(label.padEnd(12))}  ${cutText(text).replaceAll("\n", `\n${" ".repeat(16)}`)}`);
  }
  return lines.join("\n");
}

function renderPlace(place: SourcePlace, palette: Palette, cwd: string | undefined): readonly string[] {
  if (place.file.startsWith("--")) {
    const flag = cutAround(place.file, place.column);
    return [`  at ${palette.cyan(oneLine(flag.text))}`, `     ${caret(flag.text, flag.column, palette)}`];
  }
  const head = `  at ${palette.cyan(oneLine(showPlace(place, cwd)))}`;
  const source = sourceLine(place);
  if (source === undefined) return [head];
  const gutter = String(place.line);
  const { text, column } = cutAround(source, place.column);
  return [
    head,
    `  ${palette.dim(`${gutter} |`)} ${text}`,
    `  ${palette.dim(`${" ".repeat(gutter.length)} |`)} ${caret(text, column, palette)}`,
  ];
}

/** Tabs before the caret stay tabs, so that it is under its column. */
function caret(source: string, column: number, palette: Palette): string {
  return `${source.slice(0, column - 1).replace(/[^\t]/g, " ")}${palette.red("^")}`;
}

/** Names of files may hold line feeds. */
function oneLine(text: string): string {
  return text.replaceAll("\n", "\\u000a");
}
