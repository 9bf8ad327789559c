import { median } from "../result-file.mjs";

/** How far apart the mean colours of the same operation on the same picture may be, in levels. */
const SAME = 1;
/** Calls at the start of a turn that do not count: the other side's turn left the caches with its own data. */
const UNTIMED = 1;
/** Methods without chance: both sides must give the same picture. */
const fixed = new Set(["spcn", "macenko", "macenko-torchstain", "reinhard", "reinhard-real", "grey"]);

/**
 * One row of the table: both sides take turns, each call on another cut of the picture, the same for both.
 * @param sides `ours` and `peer`, processes that answer JSON lines; `peers` names the peer's ways by method.
 * @param clock `wall` or `cpu`. @param cuts Gives the place of the next cut, one that was not there before.
 */
export async function measureRow({ row, picture, sides, peers, rounds, warmUp, cuts, clock }) {
  const { method, width, height, unit, times = 3 } = row;
  const candidates = row.peers.flatMap((of) => peers[of].map((name) => ({ method: of, name, ms: [] })));
  const ours = { method, ms: [] };
  const ask = async (side, more, offsets) => {
    const answer = await sides[side].ask({ do: "measure", picture, width, height, offsets, clock, ...more });
    if (answer.unchanged) throw new Error(`${side}: ${row.name} left the picture as it was`);
    return answer;
  };
  const turn = async (count) => {
    const offsets = Array.from({ length: count + UNTIMED }, cuts);
    const answer = await ask("ours", { method }, offsets);
    ours.ms.push(...answer.ms.slice(UNTIMED));
    for (const each of candidates) {
      const theirs = await ask("peer", { method: each.method, peer: each.name }, offsets);
      each.ms.push(...theirs.ms.slice(UNTIMED));
      if (each.method === method && fixed.has(method)) refuseOther(row.name, answer.mean, theirs.mean);
    }
  };
  // Compiling, and the first touch of memory.
  await turn(Math.max(warmUp, times));
  for (const each of [ours, ...candidates]) each.ms = [];
  for (let round = 0; round < rounds; round++) await turn(times);
  return rowOf(row, ours.ms, candidates, (ms) => (unit === "ms" ? ms : (width * height) / ms / 1000));
}

function refuseOther(name, ours, theirs) {
  if (ours.some((level, c) => !(Math.abs(level - theirs[c]) <= SAME))) {
    throw new Error(`${name}: the sides give other pictures, of mean colours ${ours} and ${theirs}`);
  }
}

/** The fastest of the peer's ways counts; `peers` keeps them all. */
function rowOf({ name, unit, must, reach }, oursMs, candidates, figure) {
  const medians = candidates.map((each) => ({ name: each.name, ms: median(each.ms) })).sort((a, b) => a.ms - b.ms);
  const ours = figure(median(oursMs));
  const peer = medians.length ? figure(medians[0].ms) : null;
  const peers = Object.fromEntries(medians.map((each) => [each.name, figure(each.ms)]));
  const ratio = peer === null ? null : ours / peer;
  return { name, ours, peer, unit, ratio, must, reach, peerName: medians[0]?.name ?? null, peers };
}
