/** What every page looks like: one file, no network, light or dark as the reader's system, prints well. The colours are custom properties for what is on it. */
export const pageStyle = `
:root { --ink: #1d2129; --soft: #5c6470; --line: #d9dde3; --wash: #f5f6f8; --accent: #8a2d6b; --page: #fff;
  color-scheme: light dark; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e4e6ea; --soft: #a0a7b2; --line: #383d46; --wash: #23272e; --accent: #d98bbf; --page: #16191e; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1240px; padding: 32px 28px 64px; color: var(--ink); background: var(--page);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { font-size: 26px; margin: 0 0 4px; } h2 { font-size: 19px; margin: 40px 0 10px; }
h1::before { content: ""; display: block; width: 64px; height: 6px; margin-bottom: 14px; border-radius: 3px;
  background: linear-gradient(90deg, #5b3a8e 0 50%, #d9599a 50% 100%); }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 2px; }
p { margin: 6px 0; } .soft { color: var(--soft); } .small { font-size: 13px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; min-width: 480px; }
th, td { padding: 5px 6px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { font-weight: 600; color: var(--soft); } th:first-child, td:first-child { text-align: left; white-space: normal; min-width: 210px; padding-left: 2px; }
code { font-size: 0.92em; }
`;
