import type { ComponentSpec } from "@eosin/plugin-api";
import type { Postprocess } from "@eosin/plugin-api/imaging";
import type { ChooseSettingsOptions } from "./options.js";

/** One way to make masks of confidences. */
export interface Candidate {
  readonly threshold: number;
  readonly hysteresis?: number;
  readonly fill: number;
  readonly smallest: number;
  readonly gate: number;
}

/** All of them, in the order of the options: of two that are as good, the earlier is chosen. */
export function candidatesOf(options: ChooseSettingsOptions): readonly Candidate[] {
  const { thresholds, hysteresis, fill, smallest, gate } = options;
  return thresholds.flatMap((threshold) =>
    hysteresis
      .filter((below) => below < threshold)
      .flatMap((below) =>
        fill.flatMap((filled) =>
          smallest.flatMap((least) =>
            gate.map((share) => ({
              threshold,
              ...(below > 0 && { hysteresis: threshold - below }),
              ...{ fill: filled, smallest: least, gate: share },
            })),
          ),
        ),
      ),
  );
}

const plugin = "@eosin/plugins-model";

/** What a candidate does after the threshold. */
export function postprocessOf({ fill, smallest, gate }: Candidate): readonly ComponentSpec<Postprocess>[] {
  const specs: ComponentSpec<Postprocess>[] = [];
  const add = (uses: string, options: ComponentSpec["with"]) =>
    specs.push({ uses, kind: "postprocess", plugin, with: options });
  if (fill > 0 || smallest > 0) add("model/small-regions", { smallest, fill });
  if (gate > 0) add("model/minor-region-filter", { below: gate, above: 1 });
  return specs;
}
