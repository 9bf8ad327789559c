import { defineArtifact } from "@eosin/plugin-api";
import { z } from "@eosin/plugin-api/zod";

/**
 * The value of a `stain-separations` artifact. A separated sample has one blob, `<index>.safetensors`, index as in
 * `samples`, with `density` F32 (height, width, stains) and `matrix` F32 (stains, 3).
 */
export interface StainSeparations {
  /** The component that separated. */
  readonly separator: string;
  readonly samples: readonly (SeparatedSample | UnseparatedSample)[];
}

interface SampleName {
  readonly id: string;
  readonly domain: string;
  readonly width: number;
  readonly height: number;
}

export interface SeparatedSample extends SampleName {
  readonly stains: readonly string[];
  /** A row a stain, of unit length: optical density of a unit of it in red, green and blue. */
  readonly matrix: readonly (readonly [red: number, green: number, blue: number])[];
  /** The level of a pixel without stain, 0…255. */
  readonly white: number;
}

export interface UnseparatedSample extends SampleName {
  /** Why there is nothing to separate. */
  readonly unsuitable: string;
}

const name = { id: z.string(), domain: z.string(), width: z.int().min(1), height: z.int().min(1) };
const vector = z.tuple([z.number(), z.number(), z.number()]);

/** Artifacts of the stains of a data set's samples. */
export const stainSeparationsArtifact = defineArtifact<"stain-separations", StainSeparations>(
  "stain-separations",
  z.object({
    separator: z.string(),
    samples: z.array(
      z.union([
        z.object({ ...name, stains: z.array(z.string()), matrix: z.array(vector), white: z.number() }),
        z.object({ ...name, unsuitable: z.string() }),
      ]),
    ),
  }),
);
