/** The report's only style sheet: one file, no network, prints well. */
export const style = `
:root { --ink: #1d2129; --soft: #5c6470; --line: #d9dde3; --wash: #f5f6f8; --accent: #8a2d6b; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1240px; padding: 32px 28px 64px; color: var(--ink); background: #fff;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { font-size: 26px; margin: 0 0 4px; } h2 { font-size: 19px; margin: 40px 0 10px; }
h1::before { content: ""; display: block; width: 64px; height: 6px; margin-bottom: 14px; border-radius: 3px;
  background: linear-gradient(90deg, #5b3a8e 0 50%, #d9599a 50% 100%); }
p { margin: 6px 0; } .soft { color: var(--soft); } .small { font-size: 13px; }
.tiles { display: flex; flex-wrap: wrap; gap: 12px; margin: 20px 0 8px; }
.tile { border: 1px solid var(--line); border-radius: 8px; padding: 10px 16px; min-width: 150px; }
.tile b { display: block; font-size: 24px; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; min-width: 480px; }
th, td { padding: 5px 6px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { font-weight: 600; color: var(--soft); } th:first-child, td:first-child { text-align: left; white-space: normal; min-width: 210px; padding-left: 2px; }
td small { color: var(--soft); font-size: 10.5px; font-weight: 400; }
table.words td, table.words th { text-align: left; vertical-align: top; white-space: normal; }
tr.network td { font-weight: 600; } tr.section td { background: var(--wash); color: var(--soft); font-size: 12.5px; text-align: left; }
.figures { display: flex; flex-wrap: wrap; gap: 16px; } .figures svg { max-width: 100%; height: auto; }
.case { display: flex; flex-wrap: wrap; gap: 10px; margin: 0 0 22px; align-items: flex-start; }
.case figure { margin: 0; } .case img { width: 222px; display: block; border-radius: 4px; }
.case figcaption { font-size: 12.5px; color: var(--soft); margin-top: 3px; }
.case .about { width: 100%; } .case .about b { text-transform: capitalize; }
.key { display: inline-block; width: 11px; height: 11px; border-radius: 2px; vertical-align: -1px; margin: 0 4px 0 10px; }
details { border: 1px solid var(--line); border-radius: 8px; margin: 8px 0; padding: 6px 14px; }
summary { cursor: pointer; } pre { overflow-x: auto; font-size: 12.5px; line-height: 1.45; background: var(--wash); padding: 10px; border-radius: 6px; }
code { font-size: 0.92em; }
@media print { details { break-inside: avoid; } .case { break-inside: avoid; } }
`;
