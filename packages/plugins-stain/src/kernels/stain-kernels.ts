import { EosinError } from "@eosin/plugin-api";
import { loadWasm } from "@eosin/support/load-wasm";
import { writeLabTables } from "./lab-tables.js";

type PlaceName =
  | "COLOURS"
  | "COUNTS"
  | "LAB_ALONG_A"
  | "LAB_ALONG_B"
  | "LAB_ENCODED"
  | "LAB_LIGHT"
  | "LAB_ROOT"
  | "LAB_XYZ"
  | "LEVELS"
  | "PARAMETERS"
  | "PLANES"
  | "SOURCE"
  | "STRIP"
  | "SUMS"
  | "TABLE"
  | "TARGET"
  | "VALUES"
  | "VALUES_2";

type FunctionName =
  | "collectDensities"
  | "collectSignedDensities"
  | "collectSlopes"
  | "countBelow"
  | "countSource"
  | "countTissue"
  | "densities"
  | "grey"
  | "hedExtremes"
  | "hedRecolour"
  | "hedSums"
  | "hsvForward"
  | "hsvInverse"
  | "labForward"
  | "labInverse"
  | "mapSource"
  | "measureColours"
  | "moments"
  | "realLabMove"
  | "realLabSums"
  | "recolour"
  | "recolourSigned"
  | "recolourTissue"
  | "saturate"
  | "scaleBytes"
  | "signedDensities"
  | "sumChannels"
  | "turnHue";

/** What a kernel is run with: a number of pixels, or of bytes or colours and a step, as `assembly/` says. */
type KernelFunction = (count: number, step?: number) => void;

/** The module that `assembly/` describes, with its memory seen as bytes and as numbers. */
export interface StainKernels {
  readonly run: Readonly<Record<FunctionName, KernelFunction>>;
  /** Addresses in bytes (`STRIP`, `COLOURS` and `LEVELS`: counts); see `assembly/layout.ts`. */
  readonly at: Readonly<Record<PlaceName, number>>;
  readonly bytes: Uint8Array;
  readonly shorts: Uint16Array;
  readonly integers: Int32Array;
  readonly floats: Float32Array;
  readonly doubles: Float64Array;
}

/** The path holds from `src` and from `dist` alike. */
const binary = new URL("../../dist/kernels.wasm", import.meta.url);

let loaded: StainKernels | undefined;

/** This thread's kernels; its memory is scratch of whoever calls, until it returns. */
export function stainKernels(): StainKernels {
  loaded ??= load();
  return loaded;
}

function load(): StainKernels {
  const { memory, ...others } = loadWasm(binary, {}, notBuilt) as { memory: { buffer: ArrayBuffer } };
  const run: Partial<Record<string, KernelFunction>> = {};
  const at: Partial<Record<string, number>> = {};
  for (const [name, value] of Object.entries(others)) {
    if (typeof value === "function") run[name] = value as KernelFunction;
    else at[name] = (value as { readonly value: number }).value;
  }
  const { buffer } = memory;
  const kernels = {
    run: run as StainKernels["run"],
    at: at as StainKernels["at"],
    bytes: new Uint8Array(buffer),
    shorts: new Uint16Array(buffer),
    integers: new Int32Array(buffer),
    floats: new Float32Array(buffer),
    doubles: new Float64Array(buffer),
  };
  writeLabTables(kernels);
  return kernels;
}

function notBuilt(cause: unknown): EosinError {
  return new EosinError({
    code: "PLUGIN_NOT_BUILT",
    message: "The stain kernels are not there.",
    expected: "dist/kernels.wasm in the package @eosin/plugins-stain",
    found: cause instanceof Error ? cause.message : String(cause),
    next: "pnpm --filter @eosin/plugins-stain build",
    cause,
  });
}

/** Sets the kernels' parameters from the first on. */
export function setParameters({ floats, at }: StainKernels, values: ArrayLike<number>): void {
  floats.set(values, at.PARAMETERS >> 2);
}

/** Sets one parameter. */
export function setParameter({ floats, at }: StainKernels, index: number, value: number): void {
  floats[(at.PARAMETERS >> 2) + index] = value;
}

export function clearSums({ doubles, at }: StainKernels): void {
  doubles.fill(0, at.SUMS >> 3, (at.SUMS >> 3) + SUM_COUNT);
}

const SUM_COUNT = 16;

/** A copy of the first sums. */
export function sums({ doubles, at }: StainKernels, count: number): Float64Array {
  return doubles.slice(at.SUMS >> 3, (at.SUMS >> 3) + count);
}
