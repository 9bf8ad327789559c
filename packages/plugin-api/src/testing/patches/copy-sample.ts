import type { Sample } from "../../imaging/sample.js";

/** A sample with arrays of its own. */
export function copyOf<Given extends Sample>(sample: Given): Given {
  return {
    ...sample,
    image: { ...sample.image, data: sample.image.data.slice() },
    ...(sample.mask && { mask: { ...sample.mask, data: sample.mask.data.slice() } }),
    ...(sample.density && { density: { ...sample.density, data: sample.density.data.slice() } }),
  };
}

/** The same, and none of its fields can be set: assignments throw where they happen. Its arrays stay open. */
export function frozenCopyOf(sample: Sample): Sample {
  const copy = copyOf(sample);
  for (const part of [copy.image, copy.mask, copy.density]) if (part) Object.freeze(part);
  return Object.freeze(copy);
}

/** @returns What differs, or nothing. */
export function difference(a: Sample, b: Sample): string | undefined {
  if (a.id !== b.id) return `id: ${a.id} and ${b.id}`;
  if (a.domain !== b.domain) return `domain: ${a.domain} and ${b.domain}`;
  for (const part of ["image", "mask", "density"] as const) {
    const [first, second] = [a[part], b[part]];
    if (!first || !second) {
      if (first !== second) return `${part}: in one of them only`;
      continue;
    }
    if (first.width !== second.width || first.height !== second.height) return `${part}: its size`;
    const index = firstDifference(first.data, second.data);
    if (index !== undefined) return `${part}: value ${index} is ${first.data[index]} and ${second.data[index]}`;
  }
  return undefined;
}

export function firstDifference(a: ArrayLike<number>, b: ArrayLike<number>): number | undefined {
  if (a.length !== b.length) return Math.min(a.length, b.length);
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && !Object.is(a[i], b[i])) return i;
  return undefined;
}
