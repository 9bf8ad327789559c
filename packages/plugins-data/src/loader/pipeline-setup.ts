import type { ComponentSpec, PluginModules } from "@eosin/plugin-api";
import type {
  Augmenter,
  DatasetComponent,
  FittedComponent,
  Interpolation,
  LoaderRequest,
  Normalizer,
  Scale,
} from "@eosin/plugin-api/imaging";
import type { Size } from "../resize/resize-sample.js";

/** How samples become network input, as plain JSON: what a thread needs to build its own {@link SamplePipeline}. */
export interface PipelineSetup {
  readonly reader: ComponentSpec<DatasetComponent>;
  /** Of the windows, where there is a scale. */
  readonly size?: Size;
  readonly scale?: Scale;
  readonly interpolation: Interpolation;
  readonly normalizer?: FittedComponent<Normalizer>;
  readonly augmenters: readonly FittedComponent<Augmenter>[];
  /** Keep the densities of samples that have them. */
  readonly densities: boolean;
  readonly seed: number;
  readonly modules: PluginModules;
  /** Number of the source: each builds components of its own, so that each hears what they say. */
  readonly source: number;
}

export type PreparationRequest = Omit<
  LoaderRequest,
  "augmenters" | "batch" | "shuffle" | "dropLast" | "sampling" | "windows"
>;

export function pipelineSetup(
  request: PreparationRequest & Partial<Pick<LoaderRequest, "augmenters">>,
  source: number,
): PipelineSetup {
  return {
    reader: request.dataset.reader,
    size: request.size,
    scale: request.scale,
    interpolation: request.interpolation ?? "bilinear",
    normalizer: request.normalizer,
    augmenters: request.augmenters ?? [],
    densities: request.densities ?? false,
    seed: request.seed,
    modules: request.modules,
    source,
  };
}

/** Names everything that the prepared (unaugmented) pixels of a sample depend on. */
export function preparationKey(setup: PipelineSetup): string {
  const { reader, size, scale = size, interpolation, normalizer, densities } = setup;
  return JSON.stringify([reader, scale, interpolation, normalizer, densities]);
}
