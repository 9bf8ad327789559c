import { EosinError } from "@eosin/plugin-api";
import { loadWasm } from "@eosin/support/load-wasm";
import type { KernelFunction } from "../../../dist/kernels.js";

type PlaceName =
  | "BAND"
  | "CELLS"
  | "COLOURS"
  | "DENSITIES"
  | "DENSITY_OF"
  | "DIGEST"
  | "EDGES"
  | "GREY"
  | "GREY_ROW"
  | "LABELS"
  | "MEANS"
  | "SOURCE"
  | "STRIP"
  | "SUMS"
  | "TUMOUR_CELLS";

/** The module that `assembly/` describes, with its memory seen as bytes and as numbers. */
export interface LookKernels {
  /** Parameters are addresses in bytes and counts, as `assembly/` says. */
  readonly run: Readonly<Record<KernelFunction, (...values: number[]) => void>>;
  /** Addresses in bytes (`BAND`, `GREY_ROW` and `STRIP`: counts); see `assembly/layout.ts`. */
  readonly at: Readonly<Record<PlaceName, number>>;
  readonly bytes: Uint8Array;
  readonly integers: Int32Array;
  readonly doubles: Float64Array;
}

/** Of the thumbnail's values for an optical density of 1. */
const densityUnit = 100;

/** The path holds from `src` and from `dist` alike. */
const binary = new URL("../../../dist/kernels.wasm", import.meta.url);

let loaded: LookKernels | undefined;

/** This thread's kernels; their memory is scratch of whoever calls, until it returns. */
export function lookKernels(): LookKernels {
  loaded ??= load();
  return loaded;
}

function load(): LookKernels {
  const { memory, ...others } = loadWasm(binary, {}, notBuilt) as { memory: { buffer: ArrayBuffer } };
  const { buffer } = memory;
  const places = Object.entries(others).filter(([, value]) => typeof value !== "function");
  const kernels: LookKernels = {
    run: others as unknown as LookKernels["run"],
    at: Object.fromEntries(
      places.map(([name, value]) => [name, (value as { readonly value: number }).value]),
    ) as LookKernels["at"],
    bytes: new Uint8Array(buffer),
    integers: new Int32Array(buffer),
    doubles: new Float64Array(buffer),
  };
  kernels.doubles.set(densities(), kernels.at.DENSITY_OF >> 3);
  return kernels;
}

/** Optical density of each grey, in hundredths; 255 at most. */
function densities(): Float64Array {
  return Float64Array.from({ length: 256 }, (_, v) =>
    Math.min(255, Math.round(-densityUnit * Math.log((v + 1) / 256))),
  );
}

function notBuilt(cause: unknown): EosinError {
  return new EosinError({
    code: "PLUGIN_NOT_BUILT",
    message: "The kernels that look at samples are not there.",
    expected: "dist/kernels.wasm in the package @eosin/plugins-data",
    found: cause instanceof Error ? cause.message : String(cause),
    next: "pnpm --filter @eosin/plugins-data build",
    cause,
  });
}
