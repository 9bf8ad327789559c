/** The value of pixels in a mask that count as neither foreground nor background. */
export const IGNORED = 255;

/** Labels as losses read them. Both arrays are of the mask's length. */
export interface CountedLabels {
  /** 0/1; 0 where the pixel is ignored. */
  readonly mask: Uint8Array;
  /** 1 where the pixel counts, 0 where it is ignored; absent where every pixel counts. */
  readonly valid?: Uint8Array;
}

/**
 * Takes {@link IGNORED} out of a mask (or a batch of them), so that 255 enters no sum. Trainers call it on the host, for
 * each batch that passes the network.
 * @returns The mask itself where no pixel is ignored.
 */
export function separateIgnored(mask: Uint8Array): CountedLabels {
  if (!mask.includes(IGNORED)) return { mask };
  const valid = new Uint8Array(mask.length);
  const labels = new Uint8Array(mask.length);
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === IGNORED) continue;
    valid[i] = 1;
    labels[i] = mask[i];
  }
  return { mask: labels, valid };
}
