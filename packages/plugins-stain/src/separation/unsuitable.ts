import type { Logger } from "@eosin/plugin-api";
import type { Unsuitable } from "@eosin/plugin-api/imaging";
import { LEAST_TISSUE } from "./tissue.js";

export type { Unsuitable };

export function isUnsuitable(value: object): value is Unsuitable {
  return "unsuitable" in value;
}

export function tooLittleTissue(share: number): Unsuitable | undefined {
  if (share >= LEAST_TISSUE) return undefined;
  return { unsuitable: `${(100 * share).toFixed(1)} % of it is tissue, and ${100 * LEAST_TISSUE} % are needed` };
}

/** Warns that a patch passed through unchanged, once a patch. */
export type PassThroughWarning = (name: string, why: Unsuitable) => void;

export function passThroughWarning(component: string, log: Logger): PassThroughWarning {
  const said = new Set<string>();
  return (name, why) => {
    if (said.has(name)) return;
    said.add(name);
    log.warn(`${component} left ${name} as it is: ${why.unsuitable}.`);
  };
}
