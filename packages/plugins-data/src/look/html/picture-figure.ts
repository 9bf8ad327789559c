import { type Markup, markup } from "@eosin/plugin-api/html";
import type { LookRecord } from "../look-record.js";
import { unpackMask } from "../mask-bits.js";
import { maskOutline } from "../mask-outline.js";

/** A sample's thumbnail with its mask's outline. @param mark Why it stands out. */
export function pictureFigure({ sample, thumbnails }: LookRecord, mark?: string): Markup {
  const { width, height, picture, mask } = thumbnails;
  const source = `data:image/jpeg;base64,${Buffer.from(picture.buffer, picture.byteOffset, picture.length).toString("base64")}`;
  const outline = mask ? maskOutline(unpackMask(mask, width, height)) : "";
  const { width: across, height: down, foreground, ignored } = sample.figures;
  const facts = [
    // The id says it in most data sets.
    ...(sample.id.split("/").includes(sample.domain) ? [] : [sample.domain]),
    `${across}\u00a0×\u00a0${down}`,
    ...(foreground === undefined ? [] : [foreground === 0 ? "no tumour" : `tumour ${percent(foreground)}`]),
    ...(ignored === undefined ? [] : [`ignored ${percent(ignored)}`]),
    ...(foreground === undefined && ignored === undefined
      ? [sample.reading?.tally ? "a mask without meaning" : "no mask"]
      : []),
  ];
  return markup`<figure><span class="look-frame"><svg viewBox="0 0 ${width} ${height}" role="img"><title>${sample.id}</title><image href="${source}" width="${width}" height="${height}"/>${outline === "" ? undefined : markup`<path d="${outline}"/>`}</svg></span><figcaption><b>${breakable(sample.id)}</b><br>${facts.join(" · ")}${mark === undefined ? undefined : markup`<br><span class="look-mark">${mark}</span>`}</figcaption></figure>
`;
}

/** Long ids are broken after their folders first. */
function breakable(id: string): readonly Markup[] {
  return id.split("/").map((part, i) => (i === 0 ? markup`${part}` : markup`/<wbr>${part}`));
}

/** Little tumour is not none. @param share Above 0. */
function percent(share: number): string {
  const rounded = (100 * share).toFixed(share < 0.1 ? 1 : 0);
  return `${Number(rounded) === 0 ? "< 0.1" : rounded}\u00a0%`;
}
