import { EosinError } from "@eosin/plugin-api";

/** @param cause What the file system says. */
export function unreadableWeights(path: string, cause: unknown): EosinError {
  return new EosinError({
    code: "WEIGHTS_NOT_FOUND",
    message: "The weight file cannot be read.",
    place: path,
    found: (cause as NodeJS.ErrnoException).code,
    next: "Give an existing file, or run: pipe weights fetch efficientnet-b7",
    cause,
  });
}
