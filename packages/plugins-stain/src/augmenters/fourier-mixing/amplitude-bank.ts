import { createRng } from "@eosin/plugin-api";
import type { Sample } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { frequencyCount, type LowFrequencies } from "./low-frequencies.js";

/** Amplitudes of training patches, each a list by `frequencyIndex`. */
export interface AmplitudeBank {
  readonly cycles: number;
  readonly amplitudes: readonly (readonly number[])[];
}

export const bankSchema: z.ZodType<AmplitudeBank> = z
  .object({ cycles: z.int().min(0), amplitudes: z.array(z.array(z.number().min(0))).min(1) })
  .refine(
    ({ cycles, amplitudes }) => amplitudes.every((each) => each.length === frequencyCount(cycles)),
    "its lengths",
  );

interface Kept {
  readonly priority: number;
  readonly id: string;
  readonly amplitudes: readonly number[];
}

/** So many decimals of a level: a plan is text. */
const DECIMALS = 1e4;

export function amplitudesOf({ real, imaginary }: LowFrequencies): number[] {
  return Array.from(real, (re, i) => Math.round(DECIMALS * Math.hypot(re, imaginary[i])) / DECIMALS);
}

/**
 * A choice of `size` patches that takes as many of each domain as there are, and depends on their ids alone, not on the
 * order in which they come.
 */
export async function learnBank(
  samples: AsyncIterable<Sample>,
  size: number,
  measure: (sample: Sample) => readonly number[] | undefined,
): Promise<readonly (readonly number[])[]> {
  const domains = new Map<string, Kept[]>();
  for await (const sample of samples) {
    const { id, domain } = sample;
    const priority = createRng("stain/fourier-mixing", id).uniform();
    const kept = domains.get(domain) ?? [];
    if (kept.length === size && before(kept[size - 1], { priority, id })) continue;
    const amplitudes = measure(sample);
    if (!amplitudes) continue;
    kept.push({ priority, id, amplitudes });
    kept.sort((a, b) => (before(a, b) ? -1 : 1));
    domains.set(domain, kept.slice(0, size));
  }
  const ofDomains = [...domains.keys()].sort().map((domain) => domains.get(domain) ?? []);
  const turns = Array.from({ length: size }, (_, turn) => ofDomains.flatMap((kept) => kept.slice(turn, turn + 1)));
  return turns
    .flat()
    .slice(0, size)
    .map(({ amplitudes }) => amplitudes);
}

function before(a: Pick<Kept, "priority" | "id">, b: Pick<Kept, "priority" | "id">): boolean {
  return a.priority < b.priority || (a.priority === b.priority && a.id < b.id);
}
