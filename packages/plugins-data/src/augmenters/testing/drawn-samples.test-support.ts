import type { RgbImage, Sample } from "@eosin/plugin-api/imaging";

/** The picture that the fixtures of other programs are made of: byte i is (31·i² + 97·i + 53·⌊i/8⌋) mod 256. */
export function formulaImage(width: number, height: number): RgbImage {
  const data = Uint8Array.from({ length: 3 * width * height }, (_, i) => (31 * i * i + 97 * i + 53 * (i >> 3)) & 255);
  return { width, height, data };
}

/** The same with a mask of 0, 1 and 255, and densities of two stains. */
export function formulaSample(width: number, height: number, stains = 2): Sample {
  const pixels = width * height;
  return {
    id: `formula ${width} × ${height}`,
    domain: "a",
    image: formulaImage(width, height),
    mask: { width, height, data: Uint8Array.from({ length: pixels }, (_, i) => [0, 1, 255][(i * i + (i >> 2)) % 3]) },
    density: {
      width,
      height,
      stains,
      data: Float32Array.from({ length: stains * pixels }, (_, i) => ((i * 37) % 101) / 50),
    },
  };
}

/** All that was there before is something else: what a kernel reads without having written shows. */
export function soil(bytes: Uint8Array): void {
  for (let i = 1024; i < bytes.length; i++) bytes[i] = 0xff;
}
