import type { CropWindow, Sample } from "@eosin/plugin-api/imaging";
import { cropInto } from "@eosin/support/windows";

/** Cuts windows out of samples, into memory that the next window overwrites. */
export class SampleCropper {
  #image = new Uint8Array();
  #mask = new Uint8Array();
  #density = new Float32Array();

  /**
   * @param window May reach past the sample: its borders are then reflected, of mask and densities too.
   * @returns A sample of the window's size, until the next call.
   */
  crop(sample: Sample, window: CropWindow): Sample {
    const { image, mask, density } = sample;
    const { width, height } = window;
    const pixels = width * height;
    if (this.#image.length !== 3 * pixels) this.#image = new Uint8Array(3 * pixels);
    if (mask && this.#mask.length !== pixels) this.#mask = new Uint8Array(pixels);
    const values = pixels * (density?.stains ?? 0);
    if (density && this.#density.length !== values) this.#density = new Float32Array(values);
    cropInto(image, 3, window, this.#image);
    if (mask) cropInto(mask, 1, window, this.#mask);
    if (density) cropInto(density, density.stains, window, this.#density);
    return {
      ...sample,
      image: { width, height, data: this.#image },
      mask: mask && { width, height, data: this.#mask },
      density: density && { width, height, stains: density.stains, data: this.#density },
    };
  }
}
