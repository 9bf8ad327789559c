import type { ProgressUpdate } from "@eosin/plugin-api";
import { formatSeconds } from "@eosin/support/format-seconds";
import { formatNumber } from "../format-number.js";

/**
 * `epoch 3/12  loss 0.41  dice 0.73  31 images/s  at most 2 min 5 s left`
 * @param secondsLeft At most: a step may stop early.
 */
export function describeUpdate(update: ProgressUpdate, secondsLeft?: number): string {
  const parts = [`${update.unit} ${Math.ceil(update.current)}${update.total === undefined ? "" : `/${update.total}`}`];
  for (const [name, value] of Object.entries(update.values ?? {})) parts.push(`${name} ${formatNumber(value)}`);
  if (update.rate) parts.push(`${formatNumber(Number(update.rate.value.toPrecision(3)))} ${update.rate.unit}`);
  if (update.message) parts.push(update.message);
  if (secondsLeft !== undefined) parts.push(`at most ${formatSeconds(secondsLeft)} left`);
  return parts.join("  ");
}
