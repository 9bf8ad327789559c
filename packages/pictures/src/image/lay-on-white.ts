/**
 * Takes alpha away: what shows through is white, as beyond the border of a slide.
 * @param data (height, width, colours + 1), alpha last, all 0…255
 * @param premultiplied Colours were multiplied by their alpha already.
 * @returns (height, width, colours), and whether any pixel was not opaque.
 */
export function layOnWhite(
  data: Uint8Array,
  colours: number,
  premultiplied: boolean,
): { data: Uint8Array; showsThrough: boolean } {
  const channels = colours + 1;
  const pixels = data.length / channels;
  const out = new Uint8Array(pixels * colours);
  let showsThrough = false;
  for (let i = 0, from = 0, to = 0; i < pixels; i++, from += channels) {
    const alpha = data[from + colours];
    if (alpha !== 255) showsThrough = true;
    const white = 255 - alpha;
    for (let c = 0; c < colours; c++) {
      const level = data[from + c];
      out[to++] =
        alpha === 255
          ? level
          : Math.min(255, Math.round(premultiplied ? level + white : (level * alpha) / 255 + white));
    }
  }
  return { data: out, showsThrough };
}

/** Spreads greys over red, green and blue. */
export function spreadGrey(grey: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(grey.length * 3);
  for (let i = 0, to = 0; i < grey.length; i++) {
    const level = grey[i];
    rgb[to++] = level;
    rgb[to++] = level;
    rgb[to++] = level;
  }
  return rgb;
}
