import type { Augmenter } from "../../imaging/augmenter.js";
import type { Sample } from "../../imaging/sample.js";
import { broken } from "../checklist.js";

/**
 * An augmenter that gives densities gives them to a sample without any, of as many stains as it says.
 * @param given What came out for a sample without densities.
 */
export function checkGivenDensities({ densityStains }: Augmenter, { density }: Sample): void {
  if (!density) broken("densities, as givesDensity promises", "a sample without density");
  else if (densityStains !== undefined && density.stains !== densityStains) {
    broken(`densities of ${densityStains} stains, as densityStains says`, `${density.stains} stains`);
  }
}
