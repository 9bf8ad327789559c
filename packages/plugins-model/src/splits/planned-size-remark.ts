import type { ArtifactHandle, PlannedInputs } from "@eosin/plugin-api";
import type { Scale, Split } from "@eosin/plugin-api/imaging";
import type { ImageSize } from "../inputs/input-size.js";
import { sizeRemark, smallRemark } from "../inputs/size-remark.js";
import { plannedSplit } from "./open-split.js";

/** What {@link sizeRemark} and {@link smallRemark} say while planning, of the split that a handle names. */
export function plannedSizeRemarks(
  inputs: PlannedInputs,
  reference: ArtifactHandle<Split>,
  { size, scale }: { readonly size: ImageSize; readonly scale?: Scale },
): readonly string[] {
  const samples = plannedSplit(inputs, reference).split?.dataset.samples ?? [];
  const said = [sizeRemark(samples, scale ?? size), scale && smallRemark(samples, scale, size)];
  return said.filter((each) => each !== undefined);
}
