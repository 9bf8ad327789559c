import type { Rng } from "@eosin/plugin-api";

export interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * Random places at least `gap` apart (dart throwing).
 * @param propose Gives a place to try, or nothing to skip a try.
 */
export function scatter(tries: number, gap: number, propose: (rng: Rng) => Place | undefined, rng: Rng): Place[] {
  const cells = new Map<number, Place[]>();
  const placed: Place[] = [];
  const cellOf = (x: number, y: number) => Math.floor(x / gap) * 4096 + Math.floor(y / gap);
  for (let i = 0; i < tries; i++) {
    const place = propose(rng);
    if (!place || isNear(cells, cellOf, place, gap)) continue;
    placed.push(place);
    const cell = cellOf(place.x, place.y);
    const others = cells.get(cell);
    if (others) others.push(place);
    else cells.set(cell, [place]);
  }
  return placed;
}

function isNear(
  cells: ReadonlyMap<number, readonly Place[]>,
  cellOf: (x: number, y: number) => number,
  { x, y }: Place,
  gap: number,
): boolean {
  for (let dx = -gap; dx <= gap; dx += gap) {
    for (let dy = -gap; dy <= gap; dy += gap) {
      for (const other of cells.get(cellOf(x + dx, y + dy)) ?? []) {
        if (Math.hypot(other.x - x, other.y - y) < gap) return true;
      }
    }
  }
  return false;
}
