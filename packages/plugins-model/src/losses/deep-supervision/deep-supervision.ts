import { EosinError } from "@eosin/plugin-api";
import type { Loss, LossBatch, Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";

/**
 * Σ wᵢ · loss of `mask/2ⁱ`, wᵢ = 2⁻ⁱ / Σ 2⁻ʲ, i = 0 … levels (Lee et al., 2015; nnU-Net's weights). nnU-Net also gives its
 * lowest output a weight of 0; here an output that is not judged is not counted among the levels. Labels are those of the
 * nearest pixel (PyTorch's `nearest-exact`, as nnU-Net takes them).
 * @throws EosinError `LOSS_NOT_OF_MASK` where the inner loss reads more than the mask.
 */
export function createDeepSupervision(inner: Loss, levels: number): Loss {
  const stray = inner.needs.find((name) => name !== "mask") ?? (inner.needsDensity ? "density" : undefined);
  if (stray !== undefined) throw notOfMask(stray);
  const scales = Array.from({ length: levels + 1 }, (_, level) => 2 ** level);
  const all = scales.reduce((sum, scale) => sum + 1 / scale, 0);
  return {
    ...inner,
    costKey: inner.costKey && JSON.stringify([inner.costKey, levels]),
    needs: scales.map(outputName),
    compute(tf, outputs, batch) {
      let total: tfc.Scalar | undefined;
      let fullSize: { readonly [name: string]: tfc.Scalar } = {};
      for (const scale of scales) {
        const logits = outputs[outputName(scale)] as tfc.Tensor4D;
        checkSize(logits, batch.mask, scale);
        const judged = inner.compute(tf, { mask: logits }, scaledDown(tf, batch, scale));
        if (scale === 1) fullSize = { ...judged.terms, fullSize: judged.total };
        const weighted: tfc.Scalar = tf.mul(judged.total, 1 / scale / all);
        total = total ? tf.add(total, weighted) : weighted;
      }
      return { total: total!, terms: { ...fullSize, segmentation: total! } };
    },
  };
}

function outputName(scale: number): string {
  return scale === 1 ? "mask" : `mask/${scale}`;
}

/** What the inner loss reads of the batch, at 1/scale of its size; the pictures stay as they are. */
function scaledDown(tf: Tf, batch: LossBatch, scale: number): LossBatch {
  if (scale === 1) return batch;
  const { mask, valid, distance } = batch;
  return {
    ...batch,
    mask: nearest(tf, mask, scale),
    valid: valid && nearest(tf, valid, scale),
    distance: distance && nearest(tf, distance, scale),
  };
}

/** Of each block of scale × scale pixels that behind its middle: floor((i + ½)·scale). */
function nearest(tf: Tf, x: tfc.Tensor4D, scale: number): tfc.Tensor4D {
  const [b, h, w, c] = x.shape;
  const blocks = tf.reshape(x, [(b * h) / scale, scale, w / scale, scale * c]);
  const middle = scale / 2;
  const picked = tf.slice(blocks, [0, middle, 0, middle * c], [(b * h) / scale, 1, w / scale, c]);
  return tf.reshape(picked, [b, h / scale, w / scale, c]);
}

function checkSize(logits: tfc.Tensor4D, mask: tfc.Tensor4D, scale: number): void {
  const [, height, width] = mask.shape;
  if (logits.shape[1] * scale === height && logits.shape[2] * scale === width) return;
  throw new EosinError({
    code: "SUPERVISION_SIZE",
    message: `The network's output ${outputName(scale)} has not 1/${scale} of the size of the patch.`,
    place: "options network and loss",
    expected: `${height / scale} × ${width / scale} pixels, of patches of ${height} × ${width}`,
    found: `${logits.shape[1]} × ${logits.shape[2]}`,
    next: "Choose a size that the network's stride divides, or a loss without deep supervision.",
  });
}

function notOfMask(output: string): EosinError {
  return new EosinError({
    code: "LOSS_NOT_OF_MASK",
    message: "Deep supervision takes a loss of the mask alone.",
    place: "option loss",
    expected: "a loss that reads mask",
    found: `one that reads ${output} too`,
    next: "Put model/deep-supervision into the option `segmentation` of that loss, and a loss of the mask into its `loss`.",
  });
}
