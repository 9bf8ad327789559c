import { byDomain, type LookedSample } from "./looked-sample.js";
import { median, robustDeviation } from "./median.js";

/** A picture unlike the others of its domain. */
export interface Outlier {
  readonly id: string;
  readonly domain: string;
  readonly kind: "colour" | "blur";
  /** How many robust standard deviations it lies from the domain's median. */
  readonly deviations: number;
}

/** Domains of fewer pictures have no usual one. */
const fewest = 8;

const mostDeviations = 5;

/** Distances of mean colours (0…441) that nobody would see in pictures side by side are not worth a warning. */
const leastColourDistance = 25;

/** A picture is blurred that has less than half of the usual detail for its contrast (natural logarithm). */
const leastBlur = Math.log(2);

/** Pictures whose mean colour or sharpness is unusual in their domain; the most unusual first. */
export function findOutliers(samples: readonly LookedSample[]): Outlier[] {
  const outliers: Outlier[] = [];
  for (const [domain, members] of byDomain(samples)) {
    if (members.length < fewest) continue;
    const colours = colourDistances(members);
    const blurs = blursOf(members);
    for (const [kind, values, least] of [
      ["colour", colours, leastColourDistance],
      ["blur", blurs, leastBlur],
    ] as const) {
      const middle = median(values);
      const deviation = robustDeviation(values);
      members.forEach(({ id }, i) => {
        const beyond = values[i] - middle;
        const deviations = beyond / Math.max(deviation, Number.EPSILON);
        if (beyond > least && deviations > mostDeviations) outliers.push({ id, domain, kind, deviations });
      });
    }
  }
  return outliers.sort((a, b) => b.deviations - a.deviations);
}

/** From the domain's median colour. */
function colourDistances(members: readonly LookedSample[]): number[] {
  const usual = [0, 1, 2].map((c) => median(members.map(({ figures }) => figures.mean[c])));
  return members.map(({ figures }) => Math.hypot(...usual.map((value, c) => figures.mean[c] - value)));
}

/**
 * Large where a picture has little detail for its contrast: the logarithm of the variance of grey over that of its
 * Laplacian. Without the contrast every pale picture would count as blurred.
 */
function blursOf(members: readonly LookedSample[]): number[] {
  return members.map(({ figures: { contrast, sharpness } }) => Math.log((contrast * contrast + 1) / (sharpness + 1)));
}
