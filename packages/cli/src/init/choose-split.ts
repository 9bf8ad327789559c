import type { DataFacts } from "./data-facts.js";
import type { Recipe } from "./recipe.js";

type SplitOptions = Recipe["split"]["value"]["options"];

/** Patches of a domain, below which a figure of it says little. */
const fewOfDomain = 5;
/** Each fold is a training. */
const mostFolds = 4;
/** Patches, below which the test part of one of four folds has less than ten. */
const fewPatches = 40;
const validation = 0.2;

/** Which patches judge. */
export function chooseSplit({ patches, domains }: DataFacts): Recipe["split"] {
  const large = domains.filter(([, count]) => count >= fewOfDomain);
  if (large.length >= 3) {
    const tested = large.slice(0, mostFolds).map(([name]) => name);
    const chosen: SplitOptions = tested.length < domains.length ? { domains: tested } : {};
    const which =
      tested.length < domains.length
        ? ` Of ${domains.length} domains the ${tested.length} largest: each is a training.`
        : "";
    const tests =
      tested.length === 0 ? 0 : large.slice(0, mostFolds).reduce((sum, [, n]) => sum + n, 0) / tested.length;
    return {
      value: {
        uses: "data/leave-one-domain-out",
        options: { ...chosen, validation },
        folds: tested.length,
        trains: (1 - tests / patches) * (1 - validation),
      },
      why: `there are ${domains.length} domains, so each is tested by a model that never saw it: what a new scanner would get.${which}`,
    };
  }
  const smallest = Math.min(...domains.map(([, count]) => count));
  const by: SplitOptions = smallest < mostFolds ? { by: "none" } : {};
  const proportion =
    smallest < mostFolds ? "at random, for a domain has too few to be in all parts" : "every domain in proportion";
  if (patches < fewPatches) {
    return {
      value: {
        uses: "data/holdout",
        options: { test: 0.2, ...by, validation },
        folds: 1,
        trains: 0.8 * (1 - validation),
      },
      why: `${patches} patches are few: one split, a fifth of them tests, ${proportion}. Figures of so few are uncertain.`,
    };
  }
  return {
    value: {
      uses: "data/stratified-kfold",
      options: { k: mostFolds, ...by, validation },
      folds: mostFolds,
      trains: (1 - 1 / mostFolds) * (1 - validation),
    },
    why: `${domains.length === 1 ? "all patches are of one domain" : "two domains are too few to leave one out"}: ${mostFolds} folds, ${proportion}, and every patch is tested once.`,
  };
}
