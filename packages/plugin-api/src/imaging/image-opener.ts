import type { PluginModules } from "../component.js";
import type { Logger } from "../logger.js";
import { createServiceToken } from "../service.js";
import type { ReadingRemark, Sample } from "./sample.js";

/** A remark, and the images that it is about. */
export interface RemarkCount extends ReadingRemark {
  readonly count: number;
  /** Paths of the first of them, at most three. */
  readonly examples: readonly string[];
}

/** Which images a command opens, and how their files are read. */
export interface ImageRequest {
  /** Image files, and folders that are searched with all below them; relative to the working folder. */
  readonly paths: readonly string[];
  /** In pixels: larger images are reduced to it. */
  readonly longestSide: number;
  /** What values of more than 8 bits go up to; unless said, one that holds all. */
  readonly range?: number;
  /** Which picture of files that hold several, from 1. */
  readonly page?: number;
  /** Pixels of the largest image that is opened. */
  readonly maxPixels?: number;
  /** Must hold the plugins that the reader of images is made of. */
  readonly modules: PluginModules;
  readonly log: Logger;
}

/**
 * Images on file, without truth.
 * @given
 */
export interface OpenImages {
  readonly count: number;
  /** What was passed over, and how images were matched. */
  readonly remarks: readonly string[];
  /** A fresh pass over them, in the order of the paths; samples are named by their paths from the working folder. */
  samples(): AsyncIterable<Sample>;
  /** What was done to those that were read so far, and what speaks against it. */
  read(): readonly RemarkCount[];
}

/** Opens images that a command names, outside any data set. */
export interface ImageOpener {
  /** @throws EosinError that names the file: missing, not decodable; `NO_IMAGES` in a folder */
  open(request: ImageRequest): Promise<OpenImages>;
}

/** The service that opens images for commands; `@eosin/plugins-model` binds it. */
export const imageOpener = createServiceToken<ImageOpener>("imaging/image-opener");
