import {
  type ComponentSpec,
  createRng,
  instantiate,
  type Logger,
  type PluginModules,
  type ProgressUpdate,
} from "@eosin/plugin-api";
import type {
  Augmenter,
  Normalizer,
  Sample,
  Separator,
  SheetDraws,
  SheetNormalization,
  SheetPatch,
  StainSheet,
} from "@eosin/plugin-api/imaging";
import { componentLabels } from "./component-labels.js";
import { type Fitted, fitComponent } from "./fitted-component.js";
import { PictureAlbum } from "./picture-album.js";
import { separatePatch } from "./separate-patch.js";
import { findTarget } from "./target-patch.js";

export interface SheetHost {
  readonly modules: PluginModules;
  readonly log: Logger;
}

export interface SheetRequest {
  readonly separator: ComponentSpec<Separator>;
  readonly normalizers: readonly ComponentSpec<Normalizer>[];
  readonly augmenters: readonly ComponentSpec<Augmenter>[];
  /** Pictures of each augmenter: what it makes of the patch in that many epochs of a training. */
  readonly draws: number;
  readonly seed: number;
  /** What is shown, in this order. */
  readonly patches: AsyncIterable<Sample>;
  /** How many `patches` are, for progress. */
  readonly count: number;
  /** A fresh pass over what normalizers and augmenters learn from. */
  training(): AsyncIterable<Sample>;
  /** The picture that the normalizers were told to take for target, where they were. */
  readonly target?: Sample;
  /** The split that `training` is the training part of. */
  readonly split?: string;
  progress?(update: ProgressUpdate): void;
}

/** A sheet and its pictures, PNG by the names that it gives them. */
export interface DrawnSheet {
  readonly sheet: StainSheet;
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

/**
 * Separates, normalises and augments patches for a person to judge. A patch that a method can make nothing of is shown
 * with the reason. Same request: same bytes.
 */
export async function drawSheet(host: SheetHost, request: SheetRequest): Promise<DrawnSheet> {
  const { modules, log } = host;
  const separator = await instantiate(request.separator, { modules, log });
  const normalizers = await fitAll(request.normalizers, host, request);
  const augmenters = await fitAll(request.augmenters, host, request);
  const album = new PictureAlbum();
  const target = request.target ?? (await findTarget(normalizers, request.training));
  const towards = target && (await drawPatch(target, "target", { separator, album }));
  const patches: SheetPatch[] = [];
  for await (const sample of request.patches) {
    const key = String(patches.length).padStart(3, "0");
    const other = towards?.id === sample.id ? undefined : towards;
    const drawn = await drawPatch(sample, key, { separator, album, target: other });
    patches.push({
      ...drawn,
      normalized: await normalizeAll(sample, key, normalizers, album),
      augmented: request.draws === 0 ? [] : await augmentAll(sample, key, augmenters, request, album),
    });
    request.progress?.({ unit: "image", current: patches.length, total: request.count });
  }
  const shown = towards && patches.find(({ id }) => id === towards.id);
  if (shown) album.remove("target");
  const { split, separator: separatedBy } = request;
  return {
    sheet: {
      ...(split !== undefined && { split }),
      separator: separatedBy.uses,
      ...(towards && { target: shown ?? towards }),
      patches,
    },
    pictures: album.pictures,
  };
}

async function fitAll<Implementation extends Normalizer | Augmenter>(
  specs: readonly ComponentSpec<Implementation>[],
  { modules }: SheetHost,
  { training }: SheetRequest,
): Promise<Fitted<Implementation>[]> {
  const labels = componentLabels(specs);
  const fitted: Fitted<Implementation>[] = [];
  for (const [i, spec] of specs.entries()) fitted.push(await fitComponent(spec, labels[i], modules, training));
  return fitted;
}

interface Drawing {
  readonly separator: Separator;
  readonly album: PictureAlbum;
  readonly target?: SheetPatch;
}

async function drawPatch(sample: Sample, key: string, { separator, album, target }: Drawing): Promise<SheetPatch> {
  const { id, domain, image } = sample;
  return {
    id,
    domain,
    width: image.width,
    height: image.height,
    picture: await album.add(`${key}-input`, image),
    separation: await separatePatch(separator.separate(image), key, album, target?.separation),
    normalized: [],
    augmented: [],
  };
}

async function normalizeAll(
  { id, image }: Sample,
  key: string,
  normalizers: readonly Fitted<Normalizer>[],
  album: PictureAlbum,
): Promise<SheetNormalization[]> {
  const normalized: SheetNormalization[] = [];
  for (const [i, { label, it, unusable, takeWarning }] of normalizers.entries()) {
    const picture = it?.normalize(image, id) ?? image;
    const unchanged = picture === image ? (unusable ?? takeWarning() ?? "it is as it should be") : undefined;
    normalized.push({
      by: label,
      ...(unchanged !== undefined && { unchanged }),
      picture: await album.add(`${key}-normalized-${i}`, picture),
    });
  }
  return normalized;
}

async function augmentAll(
  sample: Sample,
  key: string,
  augmenters: readonly Fitted<Augmenter>[],
  { draws: count, seed }: SheetRequest,
  album: PictureAlbum,
): Promise<SheetDraws[]> {
  const augmented: SheetDraws[] = [];
  for (const [i, { label, spec, it, unusable, takeWarning }] of augmenters.entries()) {
    const draws: { picture: string; changed: boolean }[] = [];
    let unchanged = unusable;
    for (let draw = 0; draw < count; draw++) {
      // The key that the sample loader takes in epoch `draw`.
      const { image } = it?.apply(sample, createRng(seed, spec.uses, sample.id, draw)) ?? sample;
      const changed = image !== sample.image;
      unchanged ??= takeWarning() ?? (changed ? undefined : "it is not drawn every time");
      draws.push({ picture: await album.add(`${key}-augmented-${i}-${draw}`, image, "small"), changed });
    }
    augmented.push({ by: label, ...(unchanged !== undefined && { unchanged }), draws });
  }
  return augmented;
}
