import { type Markup, markup } from "@eosin/plugin-api/html";

/** What the tints of truth and prediction mean. @param ignored Whether a picture shows pixels that are ignored. */
export function pictureLegend(ignored = false): Markup {
  return markup`<span class="key" style="background:#00965a"></span>truth<span class="key" style="background:#145adc"></span>predicted, right<span class="key" style="background:#e63c28"></span>predicted, wrong${
    ignored
      ? markup`<span class="key" style="background:repeating-linear-gradient(135deg,#808080 0 3px,#d0d0d0 3px 5px)"></span>ignored, not judged`
      : undefined
  }`;
}
