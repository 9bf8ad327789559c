import { readFileSync } from "node:fs";

/** A file of another program's values, in `fixtures`; each says how it was made. */
export function fixture<Case>(name: string): readonly Case[] {
  const text = readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8");
  return (JSON.parse(text) as { cases: readonly Case[] }).cases;
}

export interface Distance {
  readonly largest: number;
  /** Share of values that are not the rounded ones of the other program. */
  readonly unlike: number;
}

/** How far bytes are from real values, as far as there are values. */
export function distanceTo(bytes: Uint8Array, values: readonly number[]): Distance {
  let largest = 0;
  let unlike = 0;
  for (const [i, value] of values.entries()) {
    const cut = Math.max(0, Math.min(255, value));
    const d = Math.abs(bytes[i] - cut);
    if (!(d <= largest)) largest = d;
    if (d > 0.5 + 1e-4) unlike++;
  }
  return { largest, unlike: unlike / values.length };
}
