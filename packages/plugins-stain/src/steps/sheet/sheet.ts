import type { ComponentContext, StepComponent, StepContext } from "@eosin/plugin-api";
import {
  type LoaderRequest,
  type Split,
  type StainSheet,
  sampleLoader,
  stainSheetSection,
} from "@eosin/plugin-api/imaging";
import { choosePatches } from "./choose-patches.js";
import { drawSheet } from "./draw-sheet.js";
import { sheetPage } from "./html/sheet-page.js";
import { sheetSection } from "./html/sheet-section.js";
import type { SheetOptions } from "./options.js";

export function createStainSheet(component: ComponentContext<SheetOptions>): StepComponent<StainSheet> {
  const { options, modules, services } = component;
  return {
    async run(context) {
      const split = await firstSplit(context, options);
      const { dataset } = split;
      const loader = await services.get(sampleLoader);
      const { size, interpolation, workers } = options;
      const read: Omit<LoaderRequest, "ids" | "augmenters" | "batch" | "shuffle" | "dropLast"> = {
        dataset,
        size: typeof size === "number" ? { width: size, height: size } : size,
        interpolation,
        seed: context.seed,
        workers,
        modules,
        log: context.log,
      };
      const ids = choosePatches(dataset, split.train, options.perDomain, (domain) => context.rng("patches", domain));
      const { sheet, pictures } = await drawSheet(
        { modules, log: context.log },
        {
          ...options,
          seed: context.seed,
          patches: loader.samples({ ...read, ids }),
          count: ids.length,
          training: () => loader.samples({ ...read, ids: split.train }),
          split: split.key,
          progress: context.progress,
        },
      );
      for (const [name, png] of pictures) await context.output.write(name, png);
      await context.output.write(stainSheetSection, sheetSection(sheet).html);
      await context.output.write("sheet.html", sheetPage(sheet, pictures));
      return sheet;
    },
  };
}

async function firstSplit(context: StepContext, { split }: SheetOptions): Promise<Split> {
  return (await context.openItems(split))[0];
}
