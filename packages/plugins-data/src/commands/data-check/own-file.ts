import { open } from "node:fs/promises";
import { EosinError } from "@eosin/plugin-api";

/** What a check writes, and how the beginning of a file tells that a check wrote it. */
export interface OwnFile {
  readonly flag: string;
  readonly mark: string;
  readonly content: string;
}

/** Pages carry the mark in their head. */
export const ownPage: OwnFile = {
  flag: "--out",
  mark: '<meta name="generator" content="eosin data check">',
  content: "a page of an earlier check",
};

/** Lines that begin with # say nothing in a list of ids. */
export const ownExclude: OwnFile = {
  flag: "--write-exclude",
  mark: "# ids of samples at fault, by pipe data check",
  content: "a list of ids of an earlier check",
};

/** Bytes of a file in which its mark stands. */
const beginning = 1024;

/**
 * Only what an earlier check wrote is written over, and what is empty.
 * @throws EosinError `OUTPUT_EXISTS`
 */
export async function requireReplaceable(file: string, { flag, mark, content }: OwnFile): Promise<void> {
  const begins = await beginningOf(file);
  if (begins === undefined || begins === "" || begins.includes(mark)) return;
  throw new EosinError({
    code: "OUTPUT_EXISTS",
    message: `${flag} names a file that no check wrote; it would be lost.`,
    place: file,
    expected: `a new file, or ${content}`,
    found: "a file of another kind",
    next: `Name another file with ${flag}, or remove this one.`,
  });
}

/** Nothing where there is no regular file: whoever writes there says what is wrong with it. */
async function beginningOf(file: string): Promise<string | undefined> {
  try {
    await using opened = await open(file, "r");
    if (!(await opened.stat()).isFile()) return undefined;
    const { buffer, bytesRead } = await opened.read(Buffer.alloc(beginning), 0, beginning, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return undefined;
    // What may not be read may hold anything.
    return code ?? "unreadable";
  }
}
