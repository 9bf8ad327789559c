import type { Mask } from "@eosin/plugin-api/imaging";

const steps = [
  { x: 1, y: 0 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
  { x: 0, y: -1 },
] as const;

/**
 * The edges of a mask's foreground as the `d` of an SVG path, a unit a pixel: closed loops, also along the picture's own
 * edge. @returns Nothing to draw, `""`, where there is no foreground.
 */
export function maskOutline({ width, height, data }: Mask): string {
  const corners = width + 1;
  /** By corner of the pixel grid: a bit for each step that an edge takes from there, with the foreground to its right. */
  const edges = new Uint8Array(corners * (height + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      if (data[i] !== 1) continue;
      if (y === 0 || data[i - width] !== 1) edges[y * corners + x] |= 1;
      if (x + 1 === width || data[i + 1] !== 1) edges[y * corners + x + 1] |= 2;
      if (y + 1 === height || data[i + width] !== 1) edges[(y + 1) * corners + x + 1] |= 4;
      if (x === 0 || data[i - 1] !== 1) edges[(y + 1) * corners + x] |= 8;
    }
  }
  let path = "";
  for (let start = 0; start < edges.length; start++) {
    while (edges[start] !== 0) path += loopFrom(start, edges, corners);
  }
  return path;
}

/** Takes the edges of one loop out of `edges`. */
function loopFrom(start: number, edges: Uint8Array, corners: number): string {
  let path = `M${start % corners} ${Math.floor(start / corners)}`;
  let at = start;
  let straight = -1;
  let length = 0;
  do {
    // Where four pixels meet in a chequer, two edges go on; either makes closed loops.
    const step = 31 - Math.clz32(edges[at] & -edges[at]);
    edges[at] &= ~(1 << step);
    if (step !== straight) {
      path += stretch(straight, length);
      straight = step;
      length = 0;
    }
    length++;
    at += steps[step].x + steps[step].y * corners;
  } while (at !== start);
  return `${path}${stretch(straight, length)}z`;
}

function stretch(step: number, length: number): string {
  if (length === 0) return "";
  const { x, y } = steps[step];
  return x === 0 ? `v${y * length}` : `h${x * length}`;
}
