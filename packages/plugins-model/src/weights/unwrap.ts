import type { StoredTensor, StoredTensors } from "@eosin/plugin-api/tensor-file";

/** Tensors under the names that a network knows them by. */
export interface UnwrappedTensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** What was before each name on file, e.g. `module.model.`; empty where nothing was. */
  readonly prefix: string;
}

/** Names that training code puts before every name: DataParallel, torch.compile, Lightning modules, and their likes. */
const WRAPPER = /^(?:module|_orig_mod|model|net|network)\./;

/** As those, of running averages of the weights. */
const AVERAGE = /^(?:ema|ema_model|model_ema|averaged_model)\./;

const MOST_WRAPPERS = 6;

/**
 * Takes off what wrappers put before the names, however many: that which leaves the most names that are known. Tensors
 * without it (a copy with averaged weights, weights of a loss) stay aside; averages are taken where nothing else fits.
 * @param known Of some names, how many are.
 */
export function unwrap(tensors: StoredTensors, known: (names: readonly string[]) => number): UnwrappedTensors {
  let best: { readonly prefix: string; readonly hits: number } = { prefix: "", hits: 0 };
  for (const prefix of prefixesOf(tensors.keys())) {
    const names = [...tensors.keys()].filter((name) => name.startsWith(prefix));
    const hits = known(names.map((name) => name.slice(prefix.length)));
    if (hits > best.hits) best = { prefix, hits };
  }
  const { prefix } = best;
  const inside = [...tensors].filter(([name]) => name.startsWith(prefix));
  return { tensors: new Map(inside.map(([name, tensor]) => [name.slice(prefix.length), tensor])), prefix };
}

/** Those of the fewest wrappers first, and those of averages last. */
function prefixesOf(names: Iterable<string>): readonly string[] {
  const found = new Map<string, { wrappers: number; averages: number }>([["", { wrappers: 0, averages: 0 }]]);
  for (const name of names) {
    let prefix = "";
    let averages = 0;
    for (let wrappers = 1; wrappers <= MOST_WRAPPERS; wrappers++) {
      const rest = name.slice(prefix.length);
      const average = AVERAGE.exec(rest);
      const wrapper = average ?? WRAPPER.exec(rest);
      if (!wrapper) break;
      if (average) averages++;
      prefix += wrapper[0];
      found.set(prefix, { wrappers, averages });
    }
  }
  const order = [...found].sort(([, a], [, b]) => a.averages - b.averages || a.wrappers - b.wrappers);
  return order.map(([prefix]) => prefix);
}
