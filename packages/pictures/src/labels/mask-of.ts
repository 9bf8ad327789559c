import { IGNORED, type Mask } from "@eosin/plugin-api/imaging";
import { describeLabels } from "./describe-labels.js";
import { type LabelTally, tallyLabels } from "./label-tally.js";
import { middleOf } from "./lossy-levels.js";
import { lossyFlat, notBinary } from "./mask-faults.js";
import { channelOf, hasNoMeaning, type MaskRule, namesOf } from "./mask-rule.js";
import type { Labels } from "./read-labels.js";

/**
 * A mask of 0, 1 and, of labels that are ignored, 255 (`IGNORED`) by the rule of its data set.
 * @throws EosinError `MASK_NOT_BINARY` where the labels have no meaning by that rule, naming the file
 * @example
 * ```ts
 * import { maskOf, readLabels } from "@eosin/pictures";
 *
 * const mask = maskOf(await readLabels("patch-mask.png"), { foreground: [2], ignored: [9] });
 * ```
 */
export function maskOf(labels: Labels, rule: MaskRule = {}, tally: LabelTally = tallyLabels(labels)): Mask {
  const { width, height } = labels;
  return { width, height, data: pixelsOf(labels, rule, tally) };
}

function pixelsOf(labels: Labels, rule: MaskRule, tally: LabelTally): Uint8Array {
  const { values, alpha, header } = labels;
  const channel = rule.channel ?? channelOf([tally]);
  if (channel === "alpha" && alpha) return nonZero(alpha);
  if (header.lossy) {
    const threshold = rule.threshold ?? middleOf([tally]);
    if (threshold === undefined) throw lossyFlat([tally]);
    return above(values, threshold);
  }
  if (rule.foreground) return byClass(labels, rule, tally);
  if (hasNoMeaning(tally)) throw notBinary(tally, describeLabels(tally));
  return nonZero(values);
}

function above(values: Labels["values"], threshold: number): Uint8Array {
  const out = new Uint8Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = values[i] > threshold ? 1 : 0;
  return out;
}

function nonZero(values: Labels["values"]): Uint8Array {
  if (values instanceof Uint8Array) return nonZeroBytes(values);
  const out = new Uint8Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = values[i] !== 0 ? 1 : 0;
  return out;
}

/** Four bytes at a time, without a branch: what is added carries into a byte's highest bit unless its lower ones are 0. */
function nonZeroBytes(values: Uint8Array): Uint8Array {
  const words = new Int32Array(Math.ceil(values.length / 4));
  const out = new Uint8Array(words.buffer, 0, values.length);
  out.set(values);
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    words[i] = ((((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word) >>> 7) & 0x01010101;
  }
  return out;
}

function byClass(
  { values, of, palette }: Labels,
  { foreground = [], ignored = [] }: MaskRule,
  tally: LabelTally,
): Uint8Array {
  const wanted = new Set(foreground.map((label) => String(label).toLowerCase()));
  const neither = new Set(ignored.map((label) => String(label).toLowerCase()));
  const classOf = (label: number) => {
    const names = namesOf(label, of, palette && { [label]: palette[label] });
    if (names.some((name) => neither.has(name))) return IGNORED;
    return names.some((name) => wanted.has(name)) ? 1 : 0;
  };
  const known = new Map(tally.counts.map(([label]) => [label, classOf(label)]));
  const out = new Uint8Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = known.get(values[i]) ?? classOf(values[i]);
  return out;
}
