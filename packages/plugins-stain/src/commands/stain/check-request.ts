import { type ComponentSpec, EosinError } from "@eosin/plugin-api";
import type { LoadedPlugins } from "@eosin/plugin-api/commands";
import type { Normalizer } from "@eosin/plugin-api/imaging";

/** More make a page that no browser opens and nobody looks through. */
const mostPictures = 4000;

/** @throws EosinError `SHEET_TOO_LARGE` */
export function checkCount(pictures: number): void {
  if (pictures <= mostPictures) return;
  throw new EosinError({
    code: "SHEET_TOO_LARGE",
    message: "The sheet would be too large to open.",
    place: "images",
    expected: `at most ${mostPictures} pictures: images × (input, stains, normalised pictures and draws)`,
    found: String(pictures),
    next: "Name fewer images, or ask for fewer --draws.",
  });
}

/** @throws EosinError `BAD_FLAG` where `--target` would be of no use */
export function checkTakesTarget(normalizers: readonly ComponentSpec<Normalizer>[], plugins: LoadedPlugins): void {
  if (normalizers.some(({ uses }) => "target" in (plugins.find(uses)?.options.shape ?? {}))) return;
  throw new EosinError({
    code: "BAD_FLAG",
    message: "None of the normalizers takes a target.",
    place: "--target",
    expected: "a normalizer with the option target, e.g. stain/spcn",
    found: normalizers.map(({ uses }) => uses).join(", "),
    next: "pipe list normalizer",
  });
}
