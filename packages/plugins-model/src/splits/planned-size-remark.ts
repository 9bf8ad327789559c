import type { ArtifactHandle, PlannedInputs } from "@eosin/plugin-api";
import type { Split } from "@eosin/plugin-api/imaging";
import type { ImageSize } from "../inputs/input-size.js";
import { sizeRemark } from "../inputs/size-remark.js";
import { plannedSplit } from "./open-split.js";

/** As {@link sizeRemark} while planning, of the split that a handle names. */
export function plannedSizeRemark(
  inputs: PlannedInputs,
  reference: ArtifactHandle<Split>,
  input: ImageSize,
): string | undefined {
  const { split } = plannedSplit(inputs, reference);
  return split && sizeRemark(split.dataset.samples, input);
}
