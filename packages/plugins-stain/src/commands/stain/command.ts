import { inFlags, readingFlags, readingLines, readingOptions } from "@eosin/pictures/command-line";
import { augmenterKind, type KindDefinition, normalizerKind, separatorKind } from "@eosin/plugin-api";
import { defineCommand, exitCodes, positiveInteger, sharedOptions, wholeNumber } from "@eosin/plugin-api/commands";
import { imageOpener } from "@eosin/plugin-api/imaging";
import { alignColumns } from "@eosin/support/align-columns";
import { checkCount, checkTakesTarget } from "./check-request.js";
import { normalizationOf, stainsOf } from "./patch-words.js";
import { savedNormalizer, saveTarget } from "./save-target.js";

export default defineCommand({
  name: "stain",
  arguments: { images: { repeatable: true, help: "image files, and folders that are searched with all below them" } },
  options: {
    target: {
      alias: "t",
      value: "file",
      help: "picture, or saved target, that normalizers aim at (default: the image nearest the median colour)",
    },
    saveTarget: { value: "file", help: "write the normalizer's target as JSON, for the option target in pipelines" },
    separator: {
      value: "component",
      help: "what the stains are separated with (default: stain/spcn-separator)",
    },
    normalizer: {
      value: "component",
      repeatable: true,
      help: "a type, or { uses, with } as YAML (repeatable; default: stain/spcn)",
    },
    augmenter: {
      value: "component",
      repeatable: true,
      help: "likewise (repeatable; default: stain/randstainna and stain/separation-augment)",
    },
    draws: { value: "count", schema: wholeNumber, default: 4, help: "pictures of each augmenter, 0 for none" },
    seed: { value: "number", schema: wholeNumber, default: 42, help: "seed of the augmentations" },
    size: {
      value: "pixels",
      schema: positiveInteger,
      default: 2048,
      help: "longest side at which images are separated; larger ones are reduced",
    },
    ...readingFlags,
    out: { alias: "o", value: "file", default: "stain-sheet.html", help: "the sheet" },
    plugin: sharedOptions.plugin,
    trust: sharedOptions.trust,
  },
  async run({ log, output, loadPlugins }, { arguments: { images: paths }, options }) {
    const plugins = await loadPlugins({ more: options.plugin, trust: options.trust });
    const { modules, services } = plugins;
    const [{ drawSheet }, { sheetPage }, { sheetDefaults }] = await Promise.all([
      import("../../steps/sheet/draw-sheet.js"),
      import("../../steps/sheet/html/sheet-page.js"),
      import("../../steps/sheet/sheet-defaults.js"),
    ]);
    const { target, draws, seed, size, out } = options;
    const named = <Implementation>(
      kind: KindDefinition<Implementation>,
      given: readonly string[],
      otherwise: readonly string[],
    ) =>
      (given.length > 0 ? given : otherwise).map((text) => {
        const fallback = kind.name === normalizerKind.name && target !== undefined ? { target } : undefined;
        return plugins.parse({ kind, text, flag: `--${kind.name}`, fallback });
      });
    const [separator] = named(separatorKind, options.separator === undefined ? [] : [options.separator], [
      sheetDefaults.separator,
    ]);
    const normalizers = named(normalizerKind, options.normalizer, sheetDefaults.normalizers);
    const augmenters = draws === 0 ? [] : named(augmenterKind, options.augmenter, sheetDefaults.augmenters);
    if (target !== undefined) checkTakesTarget(normalizers, plugins);
    const saved = options.saveTarget === undefined ? undefined : savedNormalizer(normalizers);
    const opener = await services.get(imageOpener);
    const reading = readingOptions(options);
    const open = (files: readonly string[]) =>
      inFlags(() => opener.open({ paths: files, longestSide: size, ...reading, modules, log }));
    const images = await open(paths);
    checkCount(images.count * (3 + normalizers.length + draws * augmenters.length));
    const picture = target === undefined || isSaved(target) ? undefined : await open([target]);
    if (saved)
      await saveTarget(options.saveTarget as string, saved, (picture ?? images).samples(), { plugins, output });
    for (const remark of images.remarks) log.info(remark);
    const status = output.statusLine();
    const drawn = await drawSheet(
      { modules, log },
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
    for (const line of readingLines(images.read())) log.info(line);
    await output.writeFile(out, sheetPage(drawn.sheet, drawn.pictures));
    const lines = alignColumns(drawn.sheet.patches.map((patch) => [patch.id, stainsOf(patch), normalizationOf(patch)]));
    const savedLine = options.saveTarget === undefined ? "" : `target  ${options.saveTarget}\n`;
    output.print(`${lines.join("\n")}\n\nsheet  ${out}\n${savedLine}`);
    return exitCodes.done;
  },
});

/** A target's figures, not a picture. */
function isSaved(target: string): boolean {
  return target.endsWith(".json");
}

async function first<Item>(items: AsyncIterable<Item>): Promise<Item | undefined> {
  for await (const item of items) return item;
  return undefined;
}
