import { type ImageOptions, type PictureHeader, readHeader, refuseLarge } from "@eosin/pictures";
import { EosinError, isEosinError } from "@eosin/plugin-api";
import { inParallel } from "@eosin/support/in-parallel";

export interface ImageFault {
  readonly path: string;
  readonly error: EosinError;
}

export interface ImageSurvey<Image> {
  readonly whole: readonly (Image & { readonly header: PictureHeader })[];
  readonly faults: readonly ImageFault[];
}

const OPEN_AT_ONCE = 32;

/** Reads what files say of themselves; those that cannot be read are beside the others. Nothing is decoded. */
export async function surveyImages<Image extends { readonly path: string }>(
  images: readonly Image[],
  reading: ImageOptions,
): Promise<ImageSurvey<Image>> {
  const found = await inParallel(images, OPEN_AT_ONCE, async (image) => {
    return attempt(image.path, async () => {
      const header = await readHeader(image.path, reading);
      refuseLarge(header, reading.maxPixels);
      return { ...image, header };
    });
  });
  return { whole: found.flatMap(({ value }) => value ?? []), faults: found.flatMap(({ fault }) => fault ?? []) };
}

/** A fault of the file as a value; anything else is a fault of the program and is thrown on. */
export async function attempt<T>(
  path: string,
  read: () => Promise<T>,
): Promise<{ readonly value?: T; readonly fault?: ImageFault }> {
  try {
    return { value: await read() };
  } catch (error) {
    if (!isEosinError(error)) throw error;
    return { fault: { path, error: error instanceof EosinError ? error : new EosinError(error) } };
  }
}
