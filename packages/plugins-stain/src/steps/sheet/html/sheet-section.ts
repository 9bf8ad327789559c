import { type Markup, markup, trusted } from "@eosin/plugin-api/html";
import type { SheetDraws, SheetNormalization, SheetPatch, SheetStain, StainSheet } from "@eosin/plugin-api/imaging";
import { sheetStyle } from "./sheet-style.js";
import { stainScale } from "./stain-scale.js";
import { stainTable } from "./stain-table.js";

/** More normalizers than this have a row of their own. */
const mostBesideInput = 2;

/** What a sheet shows, to be in a page; its pictures by their names. */
export function sheetSection(sheet: StainSheet): Markup {
  const { patches, target } = sheet;
  return markup`<style>${trusted(sheetStyle)}</style>
<p class="soft small">Separated by ${sheet.separator}${sheet.split === undefined ? "" : `; normalizers and augmenters learned from the training part of ${sheet.split}`}. A swatch is the colour of a unit of the stain: white light behind an optical density of 1 along its vector. Density pictures are drawn on one scale, so that they can be compared. The reference vectors are those of Ruifrok and Johnston (2001).</p>
${stainTable(sheet)}
${target && !patches.includes(target) ? patchSection(target, sheet) : undefined}
${patches.map((patch) => patchSection(patch, sheet))}`;
}

function patchSection(patch: SheetPatch, { target }: StainSheet): Markup {
  const { separation } = patch;
  const besideInput = patch.normalized.length <= mostBesideInput;
  return markup`<div class="sheet-patch"><p class="sheet-about">${patch.id}${patch === target ? markup` <span class="sheet-target small">target</span>` : undefined} <span class="soft small">${patch.id.split("/").includes(patch.domain) ? "" : `${patch.domain} · `}${patch.width} × ${patch.height}${separation.angle === undefined ? "" : ` · ${degrees(separation.angle)} between the stains`}</span></p>
<div class="sheet-row">${figure(patch.picture, markup`<b>input</b>`)}
${separation.stains.map(stainFigure)}
${separation.unsuitable === undefined ? undefined : markup`<p class="sheet-note">No stains to show: ${separation.unsuitable}.</p>`}
${besideInput ? patch.normalized.map(normalizedFigure) : undefined}</div>
${besideInput ? undefined : series(markup`<b>normalised</b>`, patch.normalized.map(normalizedFigure))}
${patch.augmented.map(drawsRow)}</div>
`;
}

function stainFigure({ name, vector, toReference, toTarget, picture }: SheetStain): Markup {
  const facts = [
    ...(toReference === undefined ? [] : [`${degrees(toReference)} to the reference`]),
    ...(toTarget === undefined ? [] : [`${degrees(toTarget)} to the target`]),
  ];
  return figure(
    picture,
    markup`<b>${name}</b> (${vector.map((each) => each.toFixed(2)).join(", ")})${facts.map((fact) => markup`<br>${fact}`)}`,
    stainScale(vector),
  );
}

function normalizedFigure({ by, unchanged, picture }: SheetNormalization): Markup {
  const what = unchanged === undefined ? markup`normalised` : markup`<b>unchanged</b>: ${unchanged}`;
  return figure(picture, markup`<b>${by}</b><br>${what}`);
}

function drawsRow({ by, unchanged, draws }: SheetDraws): Markup {
  const changed = draws.filter((draw) => draw.changed).length;
  if (changed === 0)
    return series(markup`<b>${by}</b>`, markup`<p class="sheet-note">Left as it is: ${unchanged}.</p>`);
  const about = [
    `${draws.length} draws`,
    ...(unchanged === undefined ? [] : [`${draws.length - changed} of them unchanged: ${unchanged}`]),
  ];
  return series(
    markup`<b>${by}</b>${about.map((line) => markup`<br>${line}`)}`,
    draws.map((draw) => figure(draw.picture)),
  );
}

/** @param members A note, or pictures, which are put into even rows. */
function series(label: Markup, members: Markup | readonly Markup[]): Markup {
  const count = Array.isArray(members) ? members.length : 1;
  return markup`<div class="sheet-row sheet-series${count === 6 ? " sheet-six" : ""}${count > 6 ? " sheet-fours" : ""}"><p>${label}</p><div>${members}</div></div>
`;
}

function figure(picture: string, caption?: Markup, beneath?: Markup): Markup {
  return markup`<figure><img src="${picture}" alt="">${beneath}${caption && markup`<figcaption>${caption}</figcaption>`}</figure>`;
}

function degrees(angle: number): string {
  return `${angle.toFixed(1)}°`;
}
