import type { Artifact } from "../artifact.js";
import type { JsonObject } from "../json.js";
import type { Look } from "../look.js";
import { createServiceToken } from "../service.js";

/** The data set that a place is read by: what a document says of a step. */
export interface RecognisedDataset {
  /** Type of the component, e.g. `data/image-mask-folders`. */
  readonly uses: string;
  /** Its options, without what is their default. Paths are absolute. */
  readonly with: JsonObject;
  /** The options of `with` that are paths. */
  readonly paths: readonly string[];
  /** How the place is laid out, in words: `folders of images and masks, one pair a domain`. */
  readonly layout: string;
}

/** What a look found of one sample. */
export interface SurveyedSample {
  readonly id: string;
  readonly domain: string;
  /** Pixels of the image on file. */
  readonly width: number;
  readonly height: number;
  /** Share of the mask's pixels that are tumour, 0…1, of those that count; absent where there is no mask, or none counts. */
  readonly tumour?: number;
}

/**
 * Tells what data is, for whoever writes a document about it.
 * @given
 */
export interface DataSurveyor {
  /**
   * Recognises a folder of images and masks, or a table of them, by names alone; opens no picture.
   * @throws EosinError `FOLDER_MISSING`, `LAYOUT_UNKNOWN`, and what is wrong with a table
   */
  recognise(place: string): Promise<RecognisedDataset>;
  /** @returns A sample each that was opened without fault; none where the look was not of a data set of this plugin. */
  samplesOf(look: Artifact<Look>): Promise<readonly SurveyedSample[]>;
}

/** The service that tells what data is; `@eosin/plugins-data` binds it. */
export const dataSurveyor = createServiceToken<DataSurveyor>("imaging/data-surveyor");
