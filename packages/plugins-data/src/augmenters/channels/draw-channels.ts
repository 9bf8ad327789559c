import type { Rng } from "@eosin/plugin-api";
import type { ChannelChoice } from "./channel-options.js";

/** What was drawn for red, green and blue; `undefined` where a channel stays as it is. */
export type ForChannels<Amount> = readonly [Amount | undefined, Amount | undefined, Amount | undefined];

/** @param draw Of one channel's amount; called once where they share it. */
export function drawChannels<Amount>(
  rng: Rng,
  { pChannel, channels }: ChannelChoice,
  draw: (rng: Rng) => Amount,
): ForChannels<Amount> {
  const shared = channels === "together" ? draw(rng) : undefined;
  const one = () => {
    const chosen = rng.chance(pChannel);
    const amount = shared ?? draw(rng);
    return chosen ? amount : undefined;
  };
  return [one(), one(), one()];
}

export function changesNothing(amounts: ForChannels<unknown>): boolean {
  return amounts.every((amount) => amount === undefined);
}

/**
 * A factor as nnU-Net draws it: below and above 1 equally often where the range has both, evenly on either side. Drawn
 * evenly over all of 0.7…1.5, five of eight would be above 1.
 */
export function drawFactor(rng: Rng, [low, high]: readonly [number, number]): number {
  const below = rng.chance(0.5);
  const share = rng.uniform();
  if (low >= 1 || high <= 1) return low + (high - low) * share;
  return below ? low + (1 - low) * share : 1 + (high - 1) * share;
}
