import { type Markup, markup } from "@eosin/plugin-api/html";
import { stainColour } from "../stain-colour-picture.js";

type Vector = readonly [red: number, green: number, blue: number];

/** The densities that a scale runs over, in units of optical density. */
const lastDensity = 2;
const steps = 8;

export function cssColour(vector: Vector, density?: number): string {
  return `rgb(${stainColour(vector, density).join(" ")})`;
}

/** The colour of a unit of a stain. */
export function swatch(vector: Vector): Markup {
  return markup`<span class="sheet-swatch" style="background:${cssColour(vector)}"></span>`;
}

/** The colours of a stain from none to {@link lastDensity}: what the picture above it is read by. */
export function stainScale(vector: Vector): Markup {
  const stops = Array.from({ length: steps + 1 }, (_, i) => cssColour(vector, (lastDensity * i) / steps));
  return markup`<span class="sheet-ramp" style="background:linear-gradient(90deg,${stops.join(",")})"></span>
<span class="sheet-scale"><span>0</span><span>${lastDensity / 2}</span><span>${lastDensity}</span></span>`;
}
