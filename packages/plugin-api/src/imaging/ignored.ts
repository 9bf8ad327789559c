/** The value of pixels in a mask that count as neither foreground nor background. */
export const IGNORED = 255;

/** Labels as losses read them. Both arrays are of the mask's length. */
export interface CountedLabels {
  /** 0/1, or the labels 0 … 127 of several classes; 0 where the pixel is ignored. */
  readonly mask: Uint8Array;
  /** 1 where the pixel counts, 0 where it is ignored; absent where every pixel counts. */
  readonly valid?: Uint8Array;
}

const ones = 0x01010101;

/**
 * Takes {@link IGNORED} out of a mask (or a batch of them), so that 255 enters no sum. Trainers call it on the host, for
 * each batch that passes the network.
 * @param mask 0, 1 and 255, or labels below 128 and 255.
 * @returns The mask itself where no pixel is ignored.
 */
export function separateIgnored(mask: Uint8Array): CountedLabels {
  // A buffer's search is thirty times as fast as an array's, and every batch of every training is searched.
  if (!Buffer.from(mask.buffer, mask.byteOffset, mask.length).includes(IGNORED)) return { mask };
  const labels = new Uint8Array(4 * Math.ceil(mask.length / 4));
  labels.set(mask);
  const valid = new Uint8Array(labels.length);
  const [labelWords, validWords] = [new Uint32Array(labels.buffer), new Uint32Array(valid.buffer)];
  // Four pixels at a time: of all labels only 255 has the highest bit.
  for (let i = 0; i < labelWords.length; i++) {
    const counts = ~(labelWords[i] >>> 7) & ones;
    validWords[i] = counts;
    labelWords[i] &= Math.imul(counts, 0xff);
  }
  return { mask: labels.subarray(0, mask.length), valid: valid.subarray(0, mask.length) };
}
