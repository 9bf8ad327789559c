import type { Engine } from "../../learning/engine.js";
import type { Loss } from "../../learning/loss.js";
import { broken } from "../checklist.js";
import { checkGradients, gradientsOf } from "./loss-gradient.js";
import { type HostInputs, type HostValues, ignoring, lossOf } from "./loss-inputs.js";

const next =
  "Multiply by batch.valid, where it is there, before sums; divide by its sum in the place of the number of pixels.";

/** What the network says of pixels whose label is ignored makes no difference; of others it does as ever. */
export async function checkIgnored(
  engine: Engine,
  loss: Loss,
  outputs: HostInputs & { readonly mask: HostValues },
  whole: HostInputs,
): Promise<void> {
  const batch = ignoring(whole, 0.4);
  const valid = batch.valid.values;
  const { mask } = outputs;
  const channels = mask.shape[3];
  const counts = (i: number) => valid[Math.floor(i / channels)] === 1;
  const said = { ...mask, values: mask.values.map((logit, i) => (counts(i) ? logit : 3 - 2 * logit + (i % channels))) };
  const [first, moved] = [outputs, { ...outputs, mask: said }];
  const [value, other] = [await lossOf(engine, loss, first, batch), await lossOf(engine, loss, moved, batch)];
  if (Math.abs(value.total - other.total) > 1e-6 * Math.max(1, Math.abs(value.total))) {
    broken(`${value.total} also with other logits where labels are ignored`, String(other.total), next);
  }
  const gradient = (await gradientsOf(engine, loss, outputs, batch)).mask ?? new Float32Array(mask.values.length);
  const odd = gradient.findIndex((slope, i) => !counts(i) && slope !== 0);
  if (odd >= 0) broken("a gradient of 0 where labels are ignored", `${gradient[odd]} for value ${odd} of mask`, next);
  await checkGradients(engine, loss, outputs, batch);
  const nothing = ignoring(whole, 1);
  const { total } = await lossOf(engine, loss, outputs, nothing);
  if (!Number.isFinite(total)) broken("a finite loss", `${total} where every label is ignored`, next);
  for (const [name, slopes] of Object.entries(await gradientsOf(engine, loss, outputs, nothing))) {
    if (!slopes.every(Number.isFinite)) broken(`a finite gradient of ${name}`, "NaN or an infinity", next);
  }
}
