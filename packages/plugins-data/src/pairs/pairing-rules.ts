import type { ListedPicture, ListingOptions, PassedOverTally } from "@eosin/pictures";
import type { FaultSink } from "@eosin/plugin-api";
import type { Exclusion } from "./exclusion.js";
import type { Affix } from "./naming.js";

/** What happens to an image without mask, or of a mask without image. */
export type Unpaired = "error" | "leave-out" | "no-tumour";

/** A folder of images or of masks. */
export interface PartFolder extends Affix {
  readonly folder: string;
  /** What it is called where files are passed over: its path below the dataset's root. */
  readonly label: string;
  /** Only files with these endings; all of pictures where absent. */
  readonly endings?: readonly string[];
}

export interface PairFolders {
  readonly domain: string;
  readonly image: PartFolder;
  readonly mask: PartFolder;
}

export interface PairingRules extends Pick<ListingOptions, "recursive" | "deeper" | "next" | "takeLost"> {
  readonly unpaired: Unpaired;
  readonly exclude: Exclusion;
  readonly passedOver: PassedOverTally;
  /** Gets the ids whose files' names differ in their Unicode form. */
  readonly respelled: string[];
  /** Whether the dataset has options that say how files are named, so that errors may name them. */
  readonly namingOptions: boolean;
  /** Takes the faults of single files, which are then left out. */
  readonly onFault?: FaultSink;
}

/** The files of one part by what their names have in common with those of the other part. */
export type FilesByCore = Map<string, ListedPicture>;
