/** Stands in the section, which other pages take in: every name begins with `sheet-`. */
export const sheetStyle = `
.sheet-patch { border-top: 1px solid var(--line); margin-top: 22px; padding-top: 12px; }
.sheet-about { margin: 0 0 8px; font-size: 15px; font-weight: 600; }
.sheet-about span { font-weight: 400; }
.sheet-about .sheet-target { border: 1px solid var(--accent); color: var(--accent); border-radius: 4px; padding: 1px 6px; margin: 0 4px; }
.sheet-row { display: flex; flex-wrap: wrap; gap: 12px 10px; align-items: flex-start; }
.sheet-row figure { margin: 0; width: 222px; }
.sheet-row img { width: 100%; display: block; border-radius: 4px; outline: 1px solid #0000001f; outline-offset: -1px; }
.sheet-row figcaption { font-size: 12.5px; line-height: 1.4; color: var(--soft); margin-top: 4px; overflow-wrap: anywhere; }
.sheet-row figcaption b { font-weight: 600; color: var(--ink); }
.sheet-series { margin-top: 12px; flex-wrap: nowrap; }
.sheet-series > p { width: 222px; flex: none; margin: 0; font-size: 12.5px; line-height: 1.4; color: var(--soft); overflow-wrap: anywhere; }
.sheet-series > p b { font-weight: 600; color: var(--ink); }
.sheet-series > div { display: flex; flex-wrap: wrap; gap: 10px; }
.sheet-series figure { width: 164px; }
.sheet-six figure { width: 150px; } .sheet-fours > div { max-width: 690px; }
.sheet-ramp { display: block; height: 9px; border-radius: 2px; margin-top: 5px; }
.sheet-scale { display: flex; justify-content: space-between; font-size: 10.5px; line-height: 1.3; color: var(--soft); font-variant-numeric: tabular-nums; }
.sheet-swatch { display: inline-block; width: 26px; height: 14px; border-radius: 3px; vertical-align: -2px; margin-right: 5px; }
.sheet-note { border-left: 3px solid var(--accent); background: var(--wash); border-radius: 0 4px 4px 0; padding: 6px 10px; font-size: 13px; width: 454px; max-width: 100%; margin: 0; }
@media (max-width: 760px) { .sheet-series { flex-wrap: wrap; } .sheet-series > p { width: 100%; } }
@media print { .sheet-row { break-inside: avoid; } }
`;
