/** Of what only this report has, over the style that all pages share. */
export const style = `
.tiles { display: flex; flex-wrap: wrap; gap: 12px; margin: 20px 0 8px; }
.tile { border: 1px solid var(--line); border-radius: 8px; padding: 10px 16px; min-width: 150px; }
.tile b { display: block; font-size: 24px; font-variant-numeric: tabular-nums; }
td small { color: var(--soft); font-size: 10.5px; font-weight: 400; }
table.words td, table.words th { text-align: left; vertical-align: top; white-space: normal; }
tr.network td { font-weight: 600; } tr.section td { background: var(--wash); color: var(--soft); font-size: 12.5px; text-align: left; }
.figures { display: flex; flex-wrap: wrap; gap: 16px; } .figures svg { max-width: 100%; height: auto; background: #fff; border-radius: 6px; }
table a { color: inherit; }
.case { display: flex; flex-wrap: wrap; gap: 10px; margin: 0 0 22px; align-items: flex-start; }
.case figure { margin: 0; width: 222px; } .case img { width: 222px; display: block; border-radius: 4px; }
.case figcaption { font-size: 12.5px; color: var(--soft); margin-top: 3px; }
.case .about { width: 100%; } .case .about b { text-transform: capitalize; }
.key { display: inline-block; width: 11px; height: 11px; border-radius: 2px; vertical-align: -1px; margin: 0 4px 0 10px; }
details { border: 1px solid var(--line); border-radius: 8px; margin: 8px 0; padding: 6px 14px; }
summary { cursor: pointer; } pre { overflow-x: auto; font-size: 12.5px; line-height: 1.45; background: var(--wash); padding: 10px; border-radius: 6px; }
@media print { details { break-inside: avoid; } .case { break-inside: avoid; } }
`;
