import { type ComponentContext, isEosinError } from "@eosin/plugin-api";
import type { Augmenter, FittedComponent, LoaderRequest, SampleLoader } from "@eosin/plugin-api/imaging";

/**
 * The augmenters that validation needs where a loss reads densities: those that give them, as training has them. A
 * dataset's own densities stay what validation is judged by, unless they tell another number of stains apart.
 * @param stains Of the network's densities, where it gives any.
 */
export async function densityTargets(
  context: Pick<ComponentContext<unknown>, "create">,
  loader: SampleLoader,
  request: Parameters<SampleLoader["samples"]>[0],
  augmenters: readonly FittedComponent<Augmenter>[],
  stains: number | undefined,
): Promise<LoaderRequest["augmenters"]> {
  const own = await stainsOfDataset(loader, request);
  if (own !== undefined && own === (stains ?? own)) return undefined;
  const giving: FittedComponent<Augmenter>[] = [];
  for (const each of augmenters) {
    if ((await context.create(each.spec, each.state)).givesDensity) giving.push(each);
  }
  return giving;
}

/** Undefined where it has no densities. Found by the first sample: all have them, or none. */
async function stainsOfDataset(
  loader: SampleLoader,
  request: Parameters<SampleLoader["samples"]>[0],
): Promise<number | undefined> {
  try {
    const first = { ...request, ids: request.ids.slice(0, 1), densities: true };
    for await (const { density } of loader.samples(first)) return density?.stains;
    return undefined;
  } catch (error) {
    if (isEosinError(error) && error.code === "DENSITY_MISSING") return undefined;
    throw error;
  }
}
