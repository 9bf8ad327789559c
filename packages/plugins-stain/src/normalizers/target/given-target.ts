import { readImage } from "@eosin/pictures";
import { EosinError, isEosinError, readTextFile } from "@eosin/plugin-api";
import type { RgbImage } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { messageOf } from "@eosin/support/message-of";
import { isUnsuitable } from "../../estimation/unsuitable.js";
import type { NormalizationMethod } from "./normalization-method.js";

import type { TargetedOptions } from "./targeted-options.js";

/**
 * The target that the options give: a picture's, a saved one's, or stated figures.
 * @returns `undefined` where they give none.
 */
export async function givenTarget<Target extends object>(
  method: NormalizationMethod<Target>,
  { target: file, statistics }: Pick<TargetedOptions, "target" | "statistics">,
): Promise<Target | undefined> {
  if (file !== undefined && statistics !== undefined) throw givenTwice(method.type);
  if (statistics !== undefined) return parseFigures(method, statistics, "statistics");
  if (file === undefined) return undefined;
  return file.endsWith(".json") ? readSavedTarget(method, file) : measureFile(method, file);
}

/** A target as it is kept in a file. */
const savedTarget = z.object({ normalizer: z.string(), target: z.json() });

async function readSavedTarget<Target extends object>(
  method: NormalizationMethod<Target>,
  file: string,
): Promise<Target> {
  const saved = savedTarget.safeParse(await readJson(file));
  if (!saved.success || saved.data.normalizer !== method.type) {
    throw new EosinError({
      code: "TARGET_UNREADABLE",
      message: `The file does not hold a target of ${method.type}.`,
      place: file,
      expected: `{"normalizer": "${method.type}", "target": …}`,
      found: saved.success ? `a target of ${saved.data.normalizer}` : "something else",
      next: `pipe stain IMAGE --normalizer ${method.type} --save-target FILE.json writes one.`,
    });
  }
  return parseFigures(method, saved.data.target, file);
}

function parseFigures<Target extends object>(
  { type, target }: NormalizationMethod<Target>,
  figures: unknown,
  place: string,
): Target {
  const parsed = target.safeParse(figures);
  if (parsed.success) return parsed.data;
  throw new EosinError({
    code: "TARGET_UNREADABLE",
    message: `The figures are not a target of ${type}.`,
    place,
    expected: z.prettifyError(parsed.error),
    found: JSON.stringify(figures),
    next: `pipe stain IMAGE --normalizer ${type} --save-target FILE.json shows what they look like.`,
  });
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readTextFile(file));
  } catch (cause) {
    throw new EosinError({
      code: "TARGET_UNREADABLE",
      message: "The normalizer's saved target cannot be read.",
      place: file,
      expected: "a JSON file that pipe stain --save-target wrote",
      found: messageOf(cause),
      next: "Name another file in `target`, or leave it out to take the training patch nearest the median.",
      cause,
    });
  }
}

async function readTarget(file: string): Promise<RgbImage> {
  try {
    return (await readImage(file)).image;
  } catch (cause) {
    if (!isEosinError(cause)) throw cause;
    throw new EosinError({
      ...cause,
      code: "TARGET_UNREADABLE",
      message: "The normalizer's target image cannot be read.",
      next: "Name another file in `target`, or leave it out to take the training patch nearest the median.",
      cause,
    });
  }
}

async function measureFile<Target extends object>(method: NormalizationMethod<Target>, file: string): Promise<Target> {
  const measured = method.measure(await readTarget(file));
  if (!isUnsuitable(measured)) return measured;
  throw new EosinError({
    code: "TARGET_UNSUITABLE",
    message: `The target image is of no use to ${method.type}.`,
    place: file,
    expected: "an H&E patch with tissue and both stains",
    found: measured.unsuitable,
    next: "Name another file in `target`, or leave it out to take the training patch nearest the median.",
  });
}

function givenTwice(type: string): EosinError {
  return new EosinError({
    code: "TARGET_TWICE",
    message: `${type} was given two targets.`,
    expected: "`target` or `statistics`",
    found: "both",
    next: "Take one of them out.",
  });
}
