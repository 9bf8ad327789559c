/** Colour of a mask's outline: green is what no stain of H&E looks like, light or dark. */
const outline = "#00c853";

export const lookStyle = `
.look-lines { list-style: none; padding: 0; margin: 10px 0; }
.look-lines li { border-left: 3px solid var(--line); background: var(--wash); border-radius: 0 4px 4px 0; padding: 7px 12px; margin: 6px 0; overflow-wrap: anywhere; }
.look-lines .look-warning { border-left-color: #d9822b; } .look-lines .look-problem { border-left-color: #c62828; }
.look-lines b { font-weight: 600; } .look-lines code { overflow-wrap: anywhere; }
.look-table th:first-child, .look-table td:first-child { min-width: 130px; overflow-wrap: anywhere; } .look-table td { vertical-align: top; }
.look-table { margin-bottom: 14px; } .look-reasons { white-space: normal; min-width: 180px; }
.look-swatch { display: inline-block; width: 26px; height: 14px; border-radius: 3px; vertical-align: -2px; margin-right: 5px; outline: 1px solid #0000001f; outline-offset: -1px; }
.look-pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(152px, 1fr)); gap: 14px 12px; margin-top: 12px; }
.look-pictures figure { margin: 0; min-width: 0; break-inside: avoid; }
.look-frame { position: relative; display: block; width: 100%; aspect-ratio: 1; background: var(--wash); border-radius: 4px; overflow: hidden; }
.look-frame svg { position: absolute; inset: 0; width: 100%; height: 100%; }
.look-frame path { fill: none; stroke: ${outline}; stroke-width: 1.5; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
.look-pictures figcaption { font-size: 12px; line-height: 1.35; color: var(--soft); margin-top: 4px; overflow-wrap: anywhere; }
.look-pictures figcaption b { font-weight: 600; color: var(--ink); }
.look-mark { color: #b3520c; font-weight: 600; }
.look-pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(288px, 1fr)); gap: 16px; margin-top: 12px; }
.look-pair { break-inside: avoid; border: 1px solid var(--line); border-radius: 6px; padding: 10px; }
.look-pair .look-pictures { grid-template-columns: 1fr 1fr; margin: 0; gap: 10px; } .look-pair > p { margin: 6px 0 0; font-size: 12.5px; }
@media screen and (prefers-color-scheme: dark) { .look-mark { color: #f0a35e; } .look-swatch { outline-color: #ffffff2f; } }
`;
