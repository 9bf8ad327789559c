import type { Loss, LossBatch, NetworkOutputs, Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";

/** A term that is added to another loss. */
export interface AddedTerm {
  /** As histories call it: `reconstruction`. */
  readonly name: string;
  readonly weight: number;
  /** Outputs of the network that it reads beside those of the other loss. */
  readonly needs: readonly string[];
  readonly needsDensity?: boolean;
  compute(tf: Tf, outputs: NetworkOutputs, batch: LossBatch): tfc.Scalar;
}

/**
 * L + Σ weight · term, each term a mean over samples.
 * @param inner L; its total is called `segmentation` among the terms where it names nothing so itself.
 */
export function withTerms(inner: Loss, added: readonly AddedTerm[], title?: string): Loss {
  const needs = [...inner.needs, ...added.flatMap((term) => term.needs)];
  return {
    title: title ?? inner.title,
    // Weights change nothing in the cost of a term.
    costKey: inner.costKey && JSON.stringify([inner.costKey, ...added.map(({ name }) => name)]),
    needs: [...new Set(needs)],
    ...(inner.needsDistances !== undefined && { needsDistances: inner.needsDistances }),
    needsDensity: inner.needsDensity || added.some((term) => term.needsDensity === true),
    batchCoupled: inner.batchCoupled,
    compute(tf, outputs, batch) {
      const segmentation = inner.compute(tf, outputs, batch);
      const terms: { [name: string]: tfc.Scalar } = { segmentation: segmentation.total, ...segmentation.terms };
      let { total } = segmentation;
      for (const { name, weight, compute } of added) {
        terms[name] = compute(tf, outputs, batch);
        total = tf.add(total, tf.mul(terms[name], weight));
      }
      return { total, terms };
    },
  };
}
