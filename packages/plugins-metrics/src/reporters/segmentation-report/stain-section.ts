import { readFile } from "node:fs/promises";
import type { ArtifactHandle, StepContext } from "@eosin/plugin-api";
import { type Markup, trusted } from "@eosin/plugin-api/html";
import { type StainSheet, stainSheetSection } from "@eosin/plugin-api/imaging";

const pictureSource = / src="([^":]+\.png)"/g;

/** The section of a `stain-sheet` artifact, with its pictures as `data:` URIs: the report stays one file. */
export async function openStainSection(context: StepContext, handle: ArtifactHandle<StainSheet>): Promise<Markup> {
  const sheet = await context.open(handle);
  const html = await readFile(sheet.blobPath(stainSheetSection), "utf8");
  const sources = new Map<string, string>();
  for (const [, name] of html.matchAll(pictureSource)) {
    const png = await readFile(sheet.blobPath(name));
    sources.set(name, `data:image/png;base64,${png.toString("base64")}`);
  }
  return trusted(html.replace(pictureSource, (_, name: string) => ` src="${sources.get(name)}"`));
}
