import { createRng } from "@eosin/plugin-api";
import { attributeValues, type CropWindow, type LoaderRequest, type SampleEntry } from "@eosin/plugin-api/imaging";
import { gridWindows } from "../windows/place-window.js";
import { epochOrder } from "./epoch-order.js";
import { preparedSize } from "./scaled-size.js";

/** One place of an epoch. */
export interface Draw {
  /** Of the sample among the request's. */
  readonly position: number;
  /** How often the sample was drawn before in this epoch: a part of the key of its random numbers. */
  readonly repeat: number;
  /** Whether its window is laid around tumour. */
  readonly tumour: boolean;
  /** Of a grid; else it is drawn, where there are windows. */
  readonly window?: CropWindow;
}

/** Which samples an epoch draws, in which order. */
export interface EpochPlan {
  readonly draws: number;
  of(epoch: number): readonly Draw[];
}

/**
 * What each epoch of a request draws; that depends on (seed, epoch) alone.
 * @throws EosinError `ATTRIBUTE_UNKNOWN`, `ATTRIBUTES_MISSING` of `sampling.balance`
 */
export function planEpochs(request: LoaderRequest, entries: readonly SampleEntry[]): EpochPlan {
  const { sampling = {}, seed, shuffle, batch, windows } = request;
  if (windows === "grid") return gridPlan(request, entries);
  const { batches, balance, tumour = 0 } = sampling;
  const draws = batches === undefined ? entries.length : batches * batch;
  const isOnce = batches === undefined && balance === undefined;
  const groups = isOnce ? [] : groupsOf(entries, balance);
  return {
    draws,
    of(epoch) {
      const order = isOnce
        ? epochOrder(entries.length, shuffle, seed, epoch)
        : positionsOf(groups, seed, Math.max(0, epoch - 1) * draws, draws);
      return withRepeats(order, tumour);
    },
  };
}

function gridPlan(request: LoaderRequest, entries: readonly SampleEntry[]): EpochPlan {
  const draws = entries.flatMap((entry, position): Draw[] => {
    const prepared = preparedSize(entry, request);
    if (!prepared || !request.size) return [{ position, repeat: 0, tumour: false }];
    return gridWindows(prepared, request.size).map((window, repeat) => ({ position, repeat, tumour: false, window }));
  });
  return { draws: draws.length, of: () => draws };
}

/** Positions of the entries by the value that is balanced, sorted by it; all in one where none is. */
function groupsOf(entries: readonly SampleEntry[], balance: string | undefined): readonly (readonly number[])[] {
  const all = entries.map((_, position) => position);
  if (balance === undefined) return [all];
  const values =
    balance === "domain" ? entries.map(({ domain }) => domain) : attributeValues(entries, balance, "balance");
  return [...new Set(values)].sort().map((value) => all.filter((position) => values[position] === value));
}

/**
 * A part of a sequence without end: each round draws once of each group, in an order of its own; each group is passed
 * through in an order of its own, again and again. So all of a group's samples are drawn equally often, over epochs too.
 */
function positionsOf(groups: readonly (readonly number[])[], seed: number, from: number, count: number): number[] {
  const positions: number[] = [];
  let round: readonly number[] = [];
  const passes = groups.map(() => ({ number: -1, order: [] as readonly number[] }));
  for (let at = from; at < from + count; at++) {
    const rounds = Math.floor(at / groups.length);
    const place = at % groups.length;
    if (place === 0 || round.length === 0) {
      round = createRng(seed, "group-order", rounds).shuffle(groups.map((_, group) => group));
    }
    const group = round[place];
    const members = groups[group];
    const pass = Math.floor(rounds / members.length);
    if (passes[group].number !== pass) {
      passes[group] = { number: pass, order: createRng(seed, "sample-order", group, pass).shuffle([...members]) };
    }
    positions.push(passes[group].order[rounds % members.length]);
  }
  return positions;
}

function withRepeats(order: readonly number[], tumour: number): Draw[] {
  const drawn = new Map<number, number>();
  return order.map((position, at) => {
    const repeat = drawn.get(position) ?? 0;
    drawn.set(position, repeat + 1);
    // Spread evenly: of any few draws in a row, that share.
    return { position, repeat, tumour: Math.floor((at + 1) * tumour) > Math.floor(at * tumour) };
  });
}
