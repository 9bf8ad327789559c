import { EosinError, type SourcePlace } from "@eosin/plugin-api";
import { Lexer } from "../packed/yaml.js";

/** More than any pipeline needs, and few enough that aliases of aliases cannot fill the memory. */
export const MAX_NODES = 20_000;
export const MAX_DEPTH = 64;
/** Of one file. */
export const MAX_BYTES = 4 * 2 ** 20;

/** A value and its key may be a token each, and an empty value none. */
const MAX_SCALARS = 3 * MAX_NODES;
/** Of lists within a line and maps within braces: the levels of a document may be fewer, never more. */
const MAX_NESTING = 2 * MAX_DEPTH;

/**
 * Refuses text that a parser would be long over, before one sees it: parsing takes time that grows with the square of the
 * depth, and memory that is a hundred times the text.
 * @throws EosinError `YAML_UNSUPPORTED`
 */
export function refuseUnparsable({ text, file }: YamlText): void {
  if (text.length > MAX_BYTES) throw tooLarge({ file, line: 1, column: 1 }, `${text.length} characters`);
  const indents: number[] = [];
  let [scalars, inBraces, onLine, offset, lineStart] = [0, 0, 0, 0, 0];
  let [startsLine, inScalar] = [true, false];
  for (const token of new Lexer().lex(text)) {
    if (isMark(token) && !inScalar) {
      inScalar = token === SCALAR;
      continue;
    }
    if (startsLine && inBraces === 0 && (inScalar || !isBlank(token))) {
      startsLine = false;
      while (indents.length > 0 && indents[indents.length - 1] >= offset - lineStart) indents.pop();
      indents.push(offset - lineStart);
    }
    if (inScalar || /^["'*]/.test(token)) scalars++;
    else if (token === "[" || token === "{") inBraces++;
    else if (token === "]" || token === "}") inBraces = Math.max(0, inBraces - 1);
    else if (token === "-" || token === "?") onLine++;
    if (indents.length + onLine + inBraces > MAX_NESTING || scalars > MAX_SCALARS) {
      const place = { file, line: text.slice(0, offset).split("\n").length, column: offset - lineStart + 1 };
      throw tooLarge(place, scalars > MAX_SCALARS ? `more than ${MAX_NODES} values` : `more than ${MAX_DEPTH} levels`);
    }
    offset += token.length;
    if (token.endsWith("\n")) {
      lineStart = offset;
      startsLine = true;
      onLine = 0;
    } else if (token.includes("\n")) lineStart = offset - (token.length - token.lastIndexOf("\n") - 1);
    inScalar = false;
  }
}

interface YamlText {
  readonly file: string;
  readonly text: string;
}

/** The lexer says with control characters of their own where documents and scalars begin; they stand for no text. */
const SCALAR = "\u001f";
const isMark = (token: string) => token === SCALAR || token === "\u0002" || token === "\u0018";
const isBlank = (token: string) => /^[\s#\ufeff]|^$/.test(token);

export function tooLarge(place: SourcePlace, found: string): EosinError {
  return new EosinError({
    code: "YAML_UNSUPPORTED",
    message: `The document is larger than ${MAX_NODES} values or deeper than ${MAX_DEPTH} levels.`,
    place,
    expected: `at most ${MAX_NODES} values, ${MAX_DEPTH} levels and ${MAX_BYTES / 2 ** 20} MiB`,
    found,
    next: "Write long lists into a file of their own, such as the file of data/split-file.",
  });
}
