import { IGNORED } from "../../imaging/ignored.js";
import type { DensityMap, Mask, RgbImage } from "../../imaging/image.js";
import type { Sample } from "../../imaging/sample.js";
import { broken } from "../checklist.js";

export function checkImage(image: RgbImage): void {
  const { width, height, data } = image;
  if (!(data instanceof Uint8Array)) broken("image.data as Uint8Array, 0…255", typeName(data));
  checkSize("image", width, height, data.length, 3);
}

/** @param ignores Whether pixels may be ignored. */
export function checkMask(mask: Mask, ignores = false): void {
  const { width, height, data } = mask;
  if (!(data instanceof Uint8Array)) broken("mask.data as Uint8Array, 0/1", typeName(data));
  checkSize("mask", width, height, data.length, 1);
  const odd = data.find((value) => value > 1 && !(ignores && value === IGNORED));
  if (odd !== undefined) broken(`a mask of ${ignores ? "0, 1 and 255 (ignored)" : "0 and 1"}`, `a value of ${odd}`);
}

export function checkDensities(density: DensityMap): void {
  const { width, height, stains, data } = density;
  if (!(data instanceof Float32Array)) broken("density.data as Float32Array", typeName(data));
  checkSize("density", width, height, data.length, stains);
  const odd = data.find((value) => !Number.isFinite(value));
  if (odd !== undefined) broken("finite densities", `a value of ${odd}`);
}

/** All that a sample had is still there, of one size, in range. */
export function checkSample(given: Sample, sample: Sample): void {
  if (sample.id !== given.id || sample.domain !== given.domain) {
    broken(
      `id ${given.id}, domain ${given.domain}`,
      `id ${sample.id}, domain ${sample.domain}`,
      "Return { ...sample, … }.",
    );
  }
  checkImage(sample.image);
  for (const part of ["mask", "density"] as const) {
    const map = sample[part];
    if (!map) {
      if (given[part]) broken(`a sample with its ${part}`, `one without ${part}`, "Return { ...sample, … }.");
      continue;
    }
    if (part === "mask") checkMask(map as Mask, given.mask?.data.includes(IGNORED));
    else checkDensities(map as DensityMap);
    if (map.width !== sample.image.width || map.height !== sample.image.height) {
      const { width, height } = sample.image;
      broken(`a ${part} of the image's size, ${width} × ${height}`, `${map.width} × ${map.height}`);
    }
  }
}

function checkSize(part: string, width: number, height: number, length: number, channels: number): void {
  if (Number.isInteger(width) && Number.isInteger(height) && length === width * height * channels) return;
  broken(`${part}: width · height · ${channels} = ${width * height * channels} values`, `${length} values`);
}

function typeName(value: unknown): string {
  return (value as object | undefined)?.constructor?.name ?? typeof value;
}
