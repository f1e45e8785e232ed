/** The report's style: light and dark as the reader has it, one column on a phone. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --card: #f6f7f9; --ink: #1b2230; --quiet: #5b6474; --rule: #dbdfe6;
  --first: #2b6cb0; --second: #c2571a; --given: #1b2230;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12161d; --card: #1a2029; --ink: #e7eaf0; --quiet: #a2abba; --rule: #303947;
    --first: #6ea8e6; --second: #ee9a5f; --given: #e7eaf0;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1180px; padding: 24px 16px 48px; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 1.25rem; margin: 40px 0 12px; padding-top: 16px; border-top: 1px solid var(--rule); overflow-wrap: anywhere; }
p { margin: 4px 0; color: var(--quiet); max-width: 70ch; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(140px, 1fr)); gap: 12px; margin: 12px 0; padding: 0; list-style: none; }
.tiles li { background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: 10px 12px; color: var(--quiet); font-size: 0.85rem; }
.tiles strong { display: block; color: var(--ink); font-size: 1.3rem; font-variant-numeric: tabular-nums; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr)); gap: 16px; }
figure { margin: 0; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: 12px; }
figcaption { font-weight: 600; margin-bottom: 6px; }
svg { display: block; width: 100%; height: auto; max-width: 560px; }
.grid { stroke: var(--rule); }
.tick, .axis { fill: var(--quiet); font-size: 12px; font-family: inherit; }
.line { fill: none; stroke-width: 2; opacity: 0.6; }
.line.first { stroke: var(--first); } .line.second { stroke: var(--second); }
.dot, .bar { stroke: var(--card); }
.bar { stroke: none; }
.first { fill: var(--first); } .second { fill: var(--second); } .given { fill: var(--given); }
.line.first, .line.second { fill: none; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; list-style: none; margin: 8px 0 0; padding: 0; font-size: 0.85rem; color: var(--quiet); }
.key { display: inline-block; width: 10px; height: 10px; border-radius: 50%; margin-right: 6px; background: var(--given); }
.key.first { background: var(--first); } .key.second { background: var(--second); }
details { margin-top: 16px; } summary { cursor: pointer; }
.scroll { overflow-x: auto; margin-top: 12px; }
table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 12px 4px 0; text-align: right; border-bottom: 1px solid var(--rule); white-space: nowrap; }
th { font-weight: 600; } th[scope="row"], th:first-child { text-align: left; font-weight: 400; }
`;
