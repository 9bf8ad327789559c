import { TextDecoder } from "node:util";
import { EosinError } from "../eosin-error.js";

/** @throws EosinError `TEXT_ENCODING`, naming the encoding that the bytes most likely are in, and the place */
export function decodeText(bytes: Uint8Array, file: string, utf16 = false): string {
  const marked = utf16 ? markedUtf16(bytes) : undefined;
  // Each decoder leaves its own byte-order mark out.
  if (marked !== undefined) return new TextDecoder(marked).decode(bytes);
  const other = otherEncoding(bytes);
  if (other !== undefined) throw wrongEncoding(file, other);
  try {
    // Leaves the byte-order mark out.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const { line, column, byte } = firstFault(bytes);
    const hex = byte.toString(16).padStart(2, "0").toUpperCase();
    const letter = new TextDecoder("windows-1252").decode(Uint8Array.of(byte));
    throw wrongEncoding({ file, line, column }, `the byte ${hex}, which is ${letter} in Latin-1 (Windows-1252)`);
  }
}

function markedUtf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe && (bytes[2] !== 0 || bytes[3] !== 0)) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : undefined;
}

/** By its byte-order mark, or by the zero bytes that plain letters have there. */
function otherEncoding(bytes: Uint8Array): string | undefined {
  const starts = (...mark: readonly number[]) => mark.every((byte, index) => bytes[index] === byte);
  if (starts(0xff, 0xfe, 0, 0) || starts(0, 0, 0xfe, 0xff)) return "UTF-32";
  if (starts(0xff, 0xfe)) return "UTF-16 (little-endian)";
  if (starts(0xfe, 0xff)) return "UTF-16 (big-endian)";
  const looked = bytes.subarray(0, 4096);
  if (!bytes.includes(0)) return undefined;
  const zeros = [0, 0];
  for (const [index, byte] of looked.entries()) if (byte === 0) zeros[index % 2]++;
  const [even, odd] = zeros;
  const many = looked.length / 8;
  if (odd > many && even * 8 < odd) return "UTF-16 (little-endian, without a byte-order mark)";
  if (even > many && odd * 8 < even) return "UTF-16 (big-endian, without a byte-order mark)";
  return "binary data: a zero byte";
}

function firstFault(bytes: Uint8Array): { line: number; column: number; byte: number } {
  let line = 1;
  let start = 0;
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for (;;) {
    const newline = bytes.indexOf(10, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    if (newline === -1 || !decodes(decoder, bytes.subarray(start, end))) {
      const length = longestText(decoder, bytes.subarray(start, end));
      const before = decoder.decode(bytes.subarray(start, start + length));
      return { line, column: before.length + 1, byte: bytes[start + length] };
    }
    line++;
    start = end;
  }
}

function decodes(decoder: TextDecoder, bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Bytes before the first that is at fault, found by halving. */
function longestText(decoder: TextDecoder, bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    // A prefix may end inside a letter: up to three bytes of one are not a fault yet.
    const whole = [0, 1, 2, 3].some((less) => middle >= less && decodes(decoder, bytes.subarray(0, middle - less)));
    if (whole) good = middle;
    else bad = middle;
  }
  while (good > 0 && !decodes(decoder, bytes.subarray(0, good))) good--;
  return good;
}

function wrongEncoding(place: EosinError["place"], found: string): EosinError {
  return new EosinError({
    code: "TEXT_ENCODING",
    message: "The file is not text in UTF-8.",
    place,
    expected: "UTF-8",
    found,
    next: "Save it as UTF-8: in an editor “Save with encoding”, in PowerShell `Out-File -Encoding utf8`.",
  });
}
