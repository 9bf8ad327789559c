/** Connected regions of a picture's pixels. */
export interface Regions {
  /** Row-major: the number of each pixel's region, from 1; 0 where it belongs to none. */
  readonly labels: Int32Array;
  /** Pixels of each region, by its number; nothing at 0. */
  readonly areas: Int32Array;
}

/**
 * Finds the regions of the pixels with a value, in one pass with union-find (Wu, Otoo & Suzuki 2009) and one that numbers
 * them in the order of their first pixels.
 * @param data Row-major. @param value What pixels of a region have.
 * @param corners Whether pixels that touch at a corner belong together (8-connected), as of foreground; else not (4-connected).
 */
export function findRegions(data: Uint8Array, width: number, value: number, corners: boolean): Regions {
  const labels = new Int32Array(data.length);
  const parents = [0];
  const rootOf = (label: number): number => {
    let root = label;
    while (parents[root] !== root) root = parents[root];
    // Paths are made short, so that the next search is.
    for (let at = label; parents[at] !== root; ) [at, parents[at]] = [parents[at], root];
    return root;
  };
  for (let at = 0, x = 0; at < data.length; at++, x = x + 1 === width ? 0 : x + 1) {
    if (data[at] !== value) continue;
    let label = 0;
    const meet = (neighbour: number): void => {
      const other = labels[neighbour];
      if (other === 0) return;
      if (label === 0) label = other;
      else if (label !== other) {
        const [a, b] = [rootOf(label), rootOf(other)];
        parents[Math.max(a, b)] = Math.min(a, b);
      }
    };
    if (x > 0) meet(at - 1);
    if (at >= width) {
      meet(at - width);
      if (corners && x > 0) meet(at - width - 1);
      if (corners && x + 1 < width) meet(at - width + 1);
    }
    if (label === 0) {
      label = parents.length;
      parents.push(label);
    }
    labels[at] = label;
  }
  return numbered(labels, parents, rootOf);
}

function numbered(labels: Int32Array, parents: readonly number[], rootOf: (label: number) => number): Regions {
  const numbers = new Int32Array(parents.length);
  let count = 0;
  for (let label = 1; label < parents.length; label++) {
    const root = rootOf(label);
    numbers[label] = root === label ? ++count : numbers[root];
  }
  const areas = new Int32Array(count + 1);
  for (let at = 0; at < labels.length; at++) {
    if (labels[at] === 0) continue;
    labels[at] = numbers[labels[at]];
    areas[labels[at]]++;
  }
  return { labels, areas };
}
