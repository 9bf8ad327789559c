import type { Artifact } from "@eosin/plugin-api";
import { type Predictions, predictionBlobName } from "@eosin/plugin-api/imaging";
import type { JudgedPixels } from "@eosin/plugin-api/learning";
import { readSafetensors, type StoredTensor, toFloat32 } from "@eosin/plugin-api/tensor-file";

/** One predicted patch as its blob holds it. */
export interface PredictedPatch extends JudgedPixels {
  readonly width: number;
  readonly height: number;
  /** (h, w, 3) */
  readonly image: Uint8Array;
  /** `data`: (h, w, stains), where the network separates stains */
  readonly density?: { readonly data: Float32Array; readonly stains: number };
}

/** Reads the patch at an index of a predictions artifact. */
export async function readPredictedPatch(predictions: Artifact<Predictions>, index: number): Promise<PredictedPatch> {
  const tensors = await readSafetensors(predictions.blobPath(predictionBlobName(index)));
  const get = (name: string): StoredTensor => {
    const tensor = tensors.get(name);
    if (!tensor) throw new Error(`${predictionBlobName(index)} of ${predictions.instance} has no ${name}`);
    return tensor;
  };
  const truth = get("truth");
  const density = tensors.get("density");
  return {
    height: truth.shape[0],
    width: truth.shape[1],
    truth: truth.bytes,
    prediction: get("prediction").bytes,
    probability: toFloat32(get("probability")),
    image: get("image").bytes,
    density: density && { data: toFloat32(density), stains: density.shape[2] },
  };
}
