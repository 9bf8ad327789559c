import { type ComponentSpec, EosinError } from "@eosin/plugin-api";
import type { CommandOutput, LoadedPlugins } from "@eosin/plugin-api/commands";
import type { Normalizer, Sample } from "@eosin/plugin-api/imaging";

/**
 * Measures a normalizer's target and writes its figures, for the option `target` of the same normalizer.
 * @param samples The target, or the set that it is chosen from.
 */
export async function saveTarget(
  file: string,
  { uses, with: options, ...rest }: ComponentSpec<Normalizer>,
  samples: AsyncIterable<Sample>,
  { plugins, output }: { readonly plugins: LoadedPlugins; readonly output: CommandOutput },
): Promise<void> {
  const { target: _, ...free } = options;
  const spec: ComponentSpec<Normalizer> = { ...rest, uses, with: free };
  const normalizer = await plugins.create(spec);
  if (!normalizer.fit) throw nothingToSave(uses);
  const state = (await normalizer.fit(samples)) as { readonly patch?: string; readonly target?: object };
  if (state.target === undefined) throw nothingToSave(uses);
  await output.writeFile(
    file,
    `${JSON.stringify({ normalizer: uses, patch: state.patch, target: state.target }, null, 2)}\n`,
  );
}

/** Whose target is saved. @throws EosinError `BAD_FLAG` where that is not one normalizer. */
export function savedNormalizer(normalizers: readonly ComponentSpec<Normalizer>[]): ComponentSpec<Normalizer> {
  if (normalizers.length === 1) return normalizers[0];
  throw new EosinError({
    code: "BAD_FLAG",
    message: "A saved target belongs to one normalizer.",
    place: "--save-target",
    expected: "one --normalizer",
    found: normalizers.map(({ uses }) => uses).join(", "),
    next: "Save a target for each in a call of its own.",
  });
}

function nothingToSave(uses: string): EosinError {
  return new EosinError({
    code: "BAD_FLAG",
    message: `${uses} learns no target.`,
    place: "--save-target",
    expected: "a normalizer with the option target, e.g. stain/spcn",
    found: uses,
    next: "pipe list normalizer",
  });
}
