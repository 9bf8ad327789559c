import { EosinError, type Logger } from "@eosin/plugin-api";
import type { Unsuitable } from "@eosin/plugin-api/imaging";
import { LEAST_TISSUE } from "./tissue.js";
import type { UnsuitableChoice } from "./unsuitable-option.js";

export type { Unsuitable };

export function isUnsuitable(value: object): value is Unsuitable {
  return "unsuitable" in value;
}

export function tooLittleTissue(share: number): Unsuitable | undefined {
  if (share >= LEAST_TISSUE) return undefined;
  return { unsuitable: `${(100 * share).toFixed(1)} % of it is tissue, and ${100 * LEAST_TISSUE} % are needed` };
}

/** Where a method leaves nothing of a picture, as one that takes it for stains does with pure colours of light. */
export function turnedBlack(before: Uint8Array, after: Uint8Array): Unsuitable | undefined {
  return isBlack(after) && !isBlack(before) ? { unsuitable: "it would turn black" } : undefined;
}

function isBlack(rgb: Uint8Array): boolean {
  return rgb.every((value) => value <= 1);
}

/** What a component does about patches that it has nothing to work with in. */
export interface UnsuitablePolicy {
  /**
   * Warns of the patch, once by name, where it may pass.
   * @throws EosinError `PATCH_UNSUITABLE` where it may not.
   */
  leave(name: string, why: Unsuitable): void;
}

/**
 * @param component Its type.
 * @param treatment What happens to a patch that passes; completes "was …".
 */
export function unsuitablePolicy(
  component: string,
  { unsuitable, log }: { readonly unsuitable: UnsuitableChoice; readonly log: Logger },
  treatment = "left as it is",
): UnsuitablePolicy {
  const said = new Set<string>();
  return {
    leave(name, { unsuitable: reason }) {
      if (unsuitable === "error") throw patchUnsuitable(component, name, reason);
      if (said.has(name)) return;
      said.add(name);
      const message = `${component}: ${name} was ${treatment}: ${reason}.`;
      log.warn(message, { component, item: name, treatment, reason });
    },
  };
}

function patchUnsuitable(component: string, name: string, reason: string): EosinError {
  return new EosinError({
    code: "PATCH_UNSUITABLE",
    message: `${component} has nothing to work with in the patch ${name}.`,
    place: name,
    expected: "an H&E patch with tissue and both stains",
    found: reason,
    next: `Take the patch out of the dataset, or set \`unsuitable: pass\` of ${component} to let such patches through.`,
  });
}
