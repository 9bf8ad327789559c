import type { ComponentSpec } from "@eosin/plugin-api";
import type { Postprocess } from "@eosin/plugin-api/imaging";
import type { ChooseSettingsOptions } from "./options.js";

/** One way to make masks of confidences, of all images. */
export interface MaskCandidate {
  readonly threshold: number;
  readonly hysteresis?: number;
  readonly fill: number;
  readonly smallest: number;
}

/** One way to say that an image has no foreground, whatever its mask: 0 asks nothing. */
export interface AbsenceCandidate {
  /** Share of the image that its mask covers at most. */
  readonly gate: number;
  readonly presence: number;
}

/** In the order of the options. */
export function maskCandidates(options: ChooseSettingsOptions): readonly MaskCandidate[] {
  const { thresholds, hysteresis, fill, smallest } = options;
  return thresholds.flatMap((threshold) =>
    hysteresis
      .filter((below) => below < threshold)
      .flatMap((below) =>
        fill.flatMap((filled) =>
          smallest.map((least) => ({
            threshold,
            ...(below > 0 && { hysteresis: threshold - below }),
            ...{ fill: filled, smallest: least },
          })),
        ),
      ),
  );
}

export function absenceCandidates({ gate, presence }: ChooseSettingsOptions): readonly AbsenceCandidate[] {
  return gate.flatMap((share) => presence.map((most) => ({ gate: share, presence: most })));
}

const plugin = "@eosin/plugins-model";

/** What a candidate does after the threshold. */
export function postprocessOf({ fill, smallest }: MaskCandidate, gate = 0): readonly ComponentSpec<Postprocess>[] {
  const specs: ComponentSpec<Postprocess>[] = [];
  const add = (uses: string, options: ComponentSpec["with"]) =>
    specs.push({ uses, kind: "postprocess", plugin, with: options });
  if (fill > 0 || smallest > 0) add("model/small-regions", { smallest, fill });
  if (gate > 0) add("model/minor-region-filter", { below: gate, above: 1 });
  return specs;
}
