import { EosinError, isEosinError } from "@eosin/plugin-api";
import { messageOf } from "@eosin/support/message-of";
import { listedFormats } from "../formats/format.js";

const LEAVE_OUT = "Replace the file, or leave it out.";

/** The file is not a whole picture of a known format. */
export function corrupt(path: string, found: string, cause?: unknown): EosinError {
  return new EosinError({
    code: "IMAGE_CORRUPT",
    message: "The picture cannot be decoded.",
    place: path,
    expected: `a whole ${listedFormats} file`,
    found,
    next: LEAVE_OUT,
    cause,
  });
}

/** The file is whole, but what it holds has no right reading as asked. */
export function unclear(path: string, details: { expected: string; found: string; next: string }): EosinError {
  return new EosinError({
    code: "IMAGE_UNCLEAR",
    message: "The picture has no one right reading.",
    place: path,
    ...details,
  });
}

/** @param cause Of a file-system call. */
export function unreadable(path: string, cause: unknown): EosinError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return new EosinError({
      code: "FILE_MISSING",
      message: "The picture is gone.",
      place: path,
      expected: `a ${listedFormats} file`,
      found: "no file",
      next: "Correct the path, or restore the file.",
      cause,
    });
  }
  const denied = code === "EACCES" || code === "EPERM";
  return new EosinError({
    code: "FILE_UNREADABLE",
    message: denied ? "This user may not read the picture." : "The picture cannot be read.",
    place: path,
    expected: denied ? "the right to read it" : "a file that can be read",
    found: denied ? "permission denied" : messageOf(cause),
    next: denied ? `chmod +r ${path}` : LEAVE_OUT,
    cause,
  });
}

const UNSUPPORTED = /unsupported|not supported|not available|unknown compression/i;

/** Runs a decoder; what it throws becomes {@link corrupt}, naming the file. */
export async function decoding<T>(path: string, decode: () => Promise<T>): Promise<T> {
  try {
    return await decode();
  } catch (cause) {
    if (isEosinError(cause)) throw cause;
    if ((cause as NodeJS.ErrnoException).syscall !== undefined) throw unreadable(path, cause);
    if (UNSUPPORTED.test((cause as Error).message)) {
      throw unclear(path, {
        expected: "a kind of this format that is read",
        found: (cause as Error).message.split("\n")[0],
        next: "Save it as 8-bit or 16-bit PNG or TIFF.",
      });
    }
    // Decoders write several lines; the first says what is wrong.
    const [line] = messageOf(cause).split("\n");
    throw corrupt(path, line, cause);
  }
}
