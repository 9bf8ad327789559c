import { type ComponentContext, isEosinError } from "@eosin/plugin-api";
import type { Augmenter, FittedComponent, LoaderRequest, SampleLoader } from "@eosin/plugin-api/imaging";

/**
 * The augmenters that validation needs where a loss reads densities and the dataset has none: those that give them, as
 * training has them. A dataset's own densities stay what validation is judged by.
 */
export async function densityTargets(
  context: Pick<ComponentContext<unknown>, "create">,
  loader: SampleLoader,
  request: Parameters<SampleLoader["samples"]>[0],
  augmenters: readonly FittedComponent<Augmenter>[],
): Promise<LoaderRequest["augmenters"]> {
  if (await hasDensities(loader, request)) return undefined;
  const giving: FittedComponent<Augmenter>[] = [];
  for (const each of augmenters) {
    if ((await context.create(each.spec, each.state)).givesDensity) giving.push(each);
  }
  return giving;
}

/** Found by the first sample: a dataset has them throughout, or not at all. */
async function hasDensities(loader: SampleLoader, request: Parameters<SampleLoader["samples"]>[0]): Promise<boolean> {
  try {
    const first = { ...request, ids: request.ids.slice(0, 1), densities: true };
    for await (const { density } of loader.samples(first)) if (!density) return false;
    return true;
  } catch (error) {
    if (isEosinError(error) && error.code === "DENSITY_MISSING") return false;
    throw error;
  }
}
