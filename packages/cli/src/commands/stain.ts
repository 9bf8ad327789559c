import { type PluginRegistry, parseComponent } from "@eosin/core";
import {
  augmenterKind,
  type ComponentSpec,
  EosinError,
  type KindDefinition,
  normalizerKind,
  separatorKind,
} from "@eosin/plugin-api";
import type { Normalizer, SheetPatch } from "@eosin/plugin-api/imaging";
import { exitCodes } from "../exit-codes.js";
import { alignColumns } from "../format.js";
import { installedPlugins } from "../installed-plugins.js";
import { openImages } from "../open-images.js";
import { statusLine } from "../progress/status-line.js";
import type { ReadingFlags } from "../reading-flags.js";
import { readingLines } from "../reading-lines.js";
import { savedNormalizer, saveTarget } from "../save-target.js";
import { stderrLogger } from "../stderr-logger.js";
import { print } from "../terminal.js";
import { writeOutput } from "../write-output.js";

/** More make a page that no browser opens and nobody looks through. */
const mostPictures = 4000;

interface StainOptions extends ReadingFlags {
  readonly target?: string;
  readonly saveTarget?: string;
  readonly separator?: string;
  readonly normalizer: readonly string[];
  readonly augmenter: readonly string[];
  readonly draws: number;
  readonly seed: number;
  readonly size: number;
  readonly out: string;
  readonly plugin: readonly string[];
  readonly trust?: boolean;
}

export async function stain(paths: string[], options: StainOptions): Promise<number> {
  const registry = await installedPlugins(options.plugin, options.trust);
  const { drawSheet, sheetDefaults, sheetPage } = await import("@eosin/plugins-stain/sheet");
  const { target, draws, seed, size, out } = options;
  const named = <Implementation>(
    kind: KindDefinition<Implementation>,
    given: readonly string[],
    otherwise: readonly string[],
  ) =>
    (given.length > 0 ? given : otherwise).map((text) => {
      const fallback = kind.name === normalizerKind.name && target !== undefined ? { target } : undefined;
      return parseComponent({ kind, text, flag: `--${kind.name}`, fallback }, registry);
    });
  const [separator] = named(separatorKind, options.separator === undefined ? [] : [options.separator], [
    sheetDefaults.separator,
  ]);
  const normalizers = named(normalizerKind, options.normalizer, sheetDefaults.normalizers);
  const augmenters = draws === 0 ? [] : named(augmenterKind, options.augmenter, sheetDefaults.augmenters);
  if (target !== undefined) checkTakesTarget(normalizers, registry);
  const saved = options.saveTarget === undefined ? undefined : savedNormalizer(normalizers);
  const images = await openImages(registry, paths, size, options);
  checkCount(images.count * (3 + normalizers.length + draws * augmenters.length));
  const picture =
    target === undefined || isSaved(target) ? undefined : await openImages(registry, [target], size, options);
  if (saved) await saveTarget(options.saveTarget as string, saved, registry, (picture ?? images).samples());
  for (const remark of images.remarks) stderrLogger.info(remark);
  const status = statusLine();
  const drawn = await drawSheet(
    { modules: registry.modules, log: stderrLogger },
    {
      separator,
      normalizers,
      augmenters,
      draws,
      seed,
      patches: images.samples(),
      count: images.count,
      training: () => images.samples(),
      target: picture && (await first(picture.samples())),
      progress: status.update,
    },
  );
  status.end();
  for (const line of readingLines(images.read())) stderrLogger.info(line);
  await writeOutput(out, sheetPage(drawn.sheet, drawn.pictures));
  const lines = alignColumns(drawn.sheet.patches.map((patch) => [patch.id, stainsOf(patch), normalizationOf(patch)]));
  const savedLine = options.saveTarget === undefined ? "" : `target  ${options.saveTarget}\n`;
  print(`${lines.join("\n")}\n\nsheet  ${out}\n${savedLine}`);
  return exitCodes.done;
}

function stainsOf({ separation: { unsuitable, stains, angle } }: SheetPatch): string {
  if (unsuitable !== undefined) return `no stains: ${unsuitable}`;
  const references = stains.flatMap(({ name, toReference }) =>
    toReference === undefined ? [] : [`${name} ${toReference.toFixed(1)}° from the reference`],
  );
  return [...(angle === undefined ? [] : [`${angle.toFixed(1)}° between the stains`]), ...references].join(", ");
}

function normalizationOf({ normalized, separation }: SheetPatch): string {
  const left = normalized.filter((each) => each.unchanged !== undefined);
  if (left.length === 0) return "normalised";
  const by = left.length === normalized.length ? "" : ` by ${left.map((each) => each.by).join(", ")}`;
  const reasons = new Set(left.flatMap(({ unchanged }) => (unchanged === separation.unsuitable ? [] : [unchanged])));
  return [`left as it is${by}`, ...reasons].join(": ");
}

function checkCount(pictures: number): void {
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

function checkTakesTarget(normalizers: readonly ComponentSpec<Normalizer>[], registry: PluginRegistry): void {
  if (normalizers.some(({ uses }) => "target" in (registry.find(uses)?.definition.options.shape ?? {}))) return;
  throw new EosinError({
    code: "BAD_FLAG",
    message: "None of the normalizers takes a target.",
    place: "--target",
    expected: "a normalizer with the option target, e.g. stain/spcn",
    found: normalizers.map(({ uses }) => uses).join(", "),
    next: "pipe list normalizer",
  });
}

/** A target's figures, not a picture. */
function isSaved(target: string): boolean {
  return target.endsWith(".json");
}

async function first<Item>(items: AsyncIterable<Item>): Promise<Item | undefined> {
  for await (const item of items) return item;
  return undefined;
}
