import type { ComponentContext, ComponentSpec, RefusedSetting, Rng } from "@eosin/plugin-api";
import type { Augmenter, Sample } from "@eosin/plugin-api/imaging";
import type { ImageSize } from "./input-size.js";

/** Turns what it can: every choice is made, and integers are all drawn in turn. */
function insistentRng(turn: number): Rng {
  const rng: Rng = {
    uniform: () => 0,
    between: (low) => low,
    normal: (mean = 0) => mean,
    laplace: (location = 0) => location,
    integer: (count) => turn % count,
    chance: (p) => p > 0,
    shuffle: (items) => items,
    fork: () => rng,
  };
  return rng;
}

const TURNS = 4;

/**
 * Augmenters that change the size of patches that are not squares, as quarter turns do: found by giving each a blank
 * patch. Those that learn from samples first are left to the training.
 */
export async function turnFaults(
  context: Pick<ComponentContext<unknown>, "create">,
  specs: readonly ComponentSpec<Augmenter>[],
  { width, height }: ImageSize,
): Promise<readonly RefusedSetting[]> {
  if (width === height) return [];
  const faults: RefusedSetting[] = [];
  for (const { spec, option } of augmentersIn(specs, ["augment"])) {
    if (!(await turns(context, spec))) continue;
    faults.push({
      option,
      code: "SIZE_NOT_SQUARE",
      message: `${spec.uses} swaps width and height, and the patches are not squares.`,
      expected: "a square size",
      found: `${width} × ${height}`,
      next: `Use a square size, or leave ${spec.uses} out.`,
    });
  }
  return faults;
}

async function turns(
  context: Pick<ComponentContext<unknown>, "create">,
  spec: ComponentSpec<Augmenter>,
): Promise<boolean> {
  try {
    const augmenter = await context.create(spec);
    return Array.from({ length: TURNS }, (_, turn) => augmenter.apply(blank, insistentRng(turn))).some(
      ({ image }) => image.width !== blank.image.width,
    );
  } catch {
    // What cannot be built or used without training samples cannot be judged here.
    return false;
  }
}

const [WIDTH, HEIGHT] = [4, 2];

const blank: Sample = {
  id: "blank",
  domain: "blank",
  image: { width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT * 3).fill(255) },
  mask: { width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT) },
};

interface Found {
  readonly spec: ComponentSpec<Augmenter>;
  readonly option: readonly (string | number)[];
}

/** Augmenters at every depth that hold no further ones: those stand for what they choose from. */
function augmentersIn(value: unknown, option: readonly (string | number)[]): readonly Found[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => augmentersIn(item, [...option, index]));
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, item]) => augmentersIn(item, [...option, key]));
  const isAugmenter = "uses" in value && "kind" in value && value.kind === "augmenter";
  return isAugmenter && inner.length === 0 ? [{ spec: value as ComponentSpec<Augmenter>, option }] : inner;
}
