import { page, trusted } from "@eosin/plugin-api/html";
import type { StainSheet } from "@eosin/plugin-api/imaging";
import { sheetSection } from "./sheet-section.js";

/** The sheet as a page that needs no other file. @param pictures PNG by the names that the sheet gives them. */
export function sheetPage(sheet: StainSheet, pictures: ReadonlyMap<string, Uint8Array>): string {
  const section = sheetSection(sheet).html.replace(/ src="([^"]+)"/g, (_, name: string) => {
    const png = pictures.get(name);
    if (!png) throw new Error(`the sheet has no picture ${name}`);
    return ` src="data:image/png;base64,${Buffer.from(png).toString("base64")}"`;
  });
  return page({
    title: "Stain sheet",
    description: `Stains of ${sheet.patches.length === 1 ? "one image" : `${sheet.patches.length} images`}, normalised pictures and augmentations`,
    body: trusted(section),
  });
}
