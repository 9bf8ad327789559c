import { IGNORED } from "@eosin/plugin-api/imaging";
import type { JudgedPixels } from "@eosin/plugin-api/learning";

/** The pixels that are judged: all but those whose truth is ignored. May be none. */
export function countedPixels({ truth, prediction, probability }: JudgedPixels): JudgedPixels {
  if (!truth.includes(IGNORED)) return { truth, prediction, probability };
  const counts = (_: number, i: number) => truth[i] !== IGNORED;
  return {
    truth: truth.filter(counts),
    prediction: prediction.filter(counts),
    probability: probability.filter(counts),
  };
}
