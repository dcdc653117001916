/** Style sheet of the page: colours by name, for light and dark, and for paper. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --paper: #fbfaf7; --card: #ffffff; --ink: #1d2430; --quiet: #566072; --line: #dcd9d0; --accent: #0b6b5d; --accent-soft: #d6ece6; --other: #7d8798; --good: #0b6b5d; --bad: #b3261e; --warn: #8a5a00; --s0: #0b6b5d; --s1: #7a4fbf; --s2: #1a5fb4; --s3: #a8480c; --s4: #a3195b; --s5: #5c6b1e; --track: #eceae3; }
@media (prefers-color-scheme: dark) { :root { --paper: #12161c; --card: #1a2029; --ink: #e8eaee; --quiet: #a5aebd; --line: #333c49; --accent: #5fd3bc; --accent-soft: #173c37; --other: #8d99ab; --good: #5fd3bc; --bad: #ff8f85; --warn: #f2c063; --s0: #5fd3bc; --s1: #bfa2f5; --s2: #82b4ff; --s3: #ffab73; --s4: #ff8dbd; --s5: #c3d46c; --track: #262e3a; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { background: var(--paper); color: var(--ink); font: 16px/1.55 ui-sans-serif, system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; margin: 0 auto; max-width: 80rem; padding: 1rem; overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; }
h1 { font-size: clamp(1.7rem, 6vw, 2.6rem); letter-spacing: -0.02em; margin: 0.2rem 0 1rem; }
h2 { font-size: clamp(1.3rem, 4vw, 1.7rem); letter-spacing: -0.01em; margin: 0; }
h3 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -200rem; }
.skip:focus { position: static; }
.crumb { color: var(--quiet); margin: 0; }
.verdict { display: inline-grid; place-items: center; inline-size: 1.25em; block-size: 1.25em; border-radius: 50%; font-size: 0.8em; color: var(--card); background: var(--good); vertical-align: 0.08em; }
.verdict.bad { background: var(--bad); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(9rem, 44%), 1fr)); gap: 0.75rem; margin: 0; }
.tiles > div { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 0.75rem 0.9rem; }
.tiles dt { color: var(--quiet); font-size: 0.85rem; }
.tiles dd { margin: 0; }
.tiles strong { display: block; font-size: clamp(1.15rem, 5.2vw, 1.45rem); line-height: 1.25; letter-spacing: -0.01em; font-variant-numeric: tabular-nums; }
.tiles span { color: var(--quiet); font-size: 0.82rem; line-height: 1.35; display: block; }
.failures { border: 2px solid var(--bad); border-radius: 12px; padding: 0.75rem 1rem; margin-top: 1rem; }
.failures h2 { font-size: 1.1rem; color: var(--bad); }
nav ul { display: flex; flex-wrap: wrap; gap: 0.4rem 1.1rem; list-style: none; margin: 1.25rem 0 0; padding: 0.7rem 0 0; border-top: 1px solid var(--line); font-size: 0.92rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 16px; margin: 1.25rem 0; padding: clamp(0.9rem, 3vw, 1.75rem); scroll-margin-top: 1rem; }
.lead { color: var(--quiet); margin: 0.4rem 0 1.1rem; max-width: 46rem; }
.note, .notes, .nothing { color: var(--quiet); font-size: 0.92rem; max-width: 46rem; }
.nothing { border-left: 3px solid var(--line); padding-left: 0.8rem; }
.stale { border-left: 3px solid var(--warn); padding-left: 0.8rem; font-size: 0.92rem; max-width: 46rem; }
.notes { padding-left: 1.2rem; }
figure { margin: 1rem 0; }
figcaption { font-size: 0.88rem; color: var(--quiet); margin-bottom: 0.5rem; }
details { margin: 0.6rem 0; }
summary { cursor: pointer; color: var(--accent); padding: 0.3rem 0; font-size: 0.92rem; }
.scroll { overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; font-size: 0.88rem; min-width: 100%; }
caption { text-align: left; color: var(--quiet); padding: 0.4rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: 0.35rem 1rem 0.35rem 0; text-align: left; vertical-align: top; font-weight: 400; overflow-wrap: normal; }
tbody th { min-width: 8rem; max-width: 24rem; overflow-wrap: break-word; }
td { min-width: 4rem; } td:not(.n) { min-width: 9rem; }
thead th { color: var(--quiet); font-size: 0.82rem; }
.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; padding-right: 0.25rem; padding-left: 0.75rem; }
.legend { display: flex; flex-wrap: wrap; gap: 0.35rem 1.25rem; list-style: none; margin: 0.6rem 0; padding: 0; font-size: 0.86rem; color: var(--quiet); }
.legend li { display: flex; align-items: center; gap: 0.45rem; }
.key { flex: none; }
svg { display: block; max-width: 100%; height: auto; font-family: inherit; }
svg text { fill: var(--ink); font-size: 12px; }
svg .tick, svg .kind, svg .label { fill: var(--quiet); }
svg .tick { font-size: 11px; font-variant-numeric: tabular-nums; }
.chart.wide, .chart.narrow { width: 100%; } .chart.wide { max-width: 56rem; } .chart.narrow { max-width: 32rem; }
.chart.wide, div.wide { display: none; }
@media (min-width: 52rem) { .chart.wide { display: block; } .chart.narrow { display: none; } }
.grid { stroke: var(--line); fill: none; }
.fill.solid { fill: var(--accent); }
.fill.hatched, .fill.dotted { stroke: var(--other); stroke-width: 1; }
.paper { fill: var(--card); } .ink { fill: var(--other); }
.range, .mark, .meeting { fill: none; stroke: var(--ink); stroke-width: 1.5; }
.mark { stroke-width: 3; }
.meeting { stroke-dasharray: 2 3; stroke-width: 1; }
.value { font-variant-numeric: tabular-nums; }
.bar text { paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; } .strong text { font-weight: 650; }
.series { fill: none; stroke-width: 1.75; } .series.strong { stroke-width: 3.25; }
.series.s0 { stroke: var(--s0); } .series.s1 { stroke: var(--s1); } .series.s2 { stroke: var(--s2); } .series.s3 { stroke: var(--s3); } .series.s4 { stroke: var(--s4); } .series.s5 { stroke: var(--s5); }
.dot { stroke: var(--card); stroke-width: 1.25; }
.dot.s0 { fill: var(--s0); } .dot.s1 { fill: var(--s1); } .dot.s2 { fill: var(--s2); } .dot.s3 { fill: var(--s3); } .dot.s4 { fill: var(--s4); } .dot.s5 { fill: var(--s5); }
.stretch.ours { fill: var(--accent); } .stretch.lost { stroke: var(--other); }
.flow { overflow: hidden; } .flow figcaption { font-weight: 600; color: var(--ink); }
@media (min-width: 75rem) { div.wide { display: block; } div.narrow { display: none; } }
.column .chart { margin: 0 auto; width: 100%; max-width: 30rem; }
.arrow { fill: none; stroke: var(--other); stroke-width: 1.6; } .head { fill: var(--other); }
.label { font-size: 10.5px; paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
.box rect { fill: var(--card); stroke: var(--ink); stroke-width: 1.25; }
.box.store rect { fill: var(--accent-soft); stroke: var(--accent); }
.box.person rect { stroke-dasharray: 4 3; } .box.door rect { stroke-width: 2.5; }
.box .kind { font-size: 10.5px; } .box .name { font-size: 11.5px; font-weight: 650; }
.sign path { fill: none; stroke: var(--ink); stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.square rect { fill: var(--card); stroke: var(--other); } .square path { fill: none; stroke: var(--ink); stroke-width: 2.2; stroke-linecap: round; stroke-linejoin: round; }
.square.held rect { fill: var(--accent-soft); stroke: var(--accent); } .square.held path { stroke: var(--accent); }
.square.refused rect { fill: var(--bad); stroke: var(--bad); } .square.refused path { stroke: var(--card); }
.square.shown rect, .square.unknown rect { stroke: var(--warn); stroke-width: 1.75; } .square.shown path, .square.unknown path { stroke: var(--warn); }
.square.unknown rect { stroke-dasharray: 3 2.5; } .square.off rect { stroke-dasharray: 1.5 2.5; }
.findings { list-style: none; padding: 0; display: grid; gap: 0.6rem; font-size: 0.92rem; } .findings li { display: flex; gap: 0.6rem; } .findings .key { margin-top: 0.15rem; }
.tag { border: 1px solid var(--line); border-radius: 999px; padding: 0 0.5rem; font-size: 0.8rem; color: var(--quiet); }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: 0.5rem 1.5rem; } .panels figure { margin: 0; } .panels svg { width: 100%; } .panels figcaption { margin: 0; font-weight: 600; color: var(--ink); }
.axis { stroke: var(--line); fill: none; } .band { fill: var(--s2); fill-opacity: 0.18; } polyline.forecast, path.forecast { stroke: var(--s2); stroke-width: 2; fill: none; } .history { fill: var(--other); } .happened { fill: var(--s3); }
.panels text { font-size: 11px; fill: var(--quiet); }
.pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1.5rem; }
.pair { margin: 0; } .pair > div { display: grid; grid-template-columns: minmax(0, 3fr) auto minmax(0, 2fr); align-items: center; gap: 0.5rem; } .pair img { width: 100%; height: auto; border-radius: 8px; display: block; } .pair figcaption { margin: 0.5rem 0 0; } .pair strong { display: block; color: var(--ink); }
.becomes { color: var(--quiet); font-size: 1.3rem; } .missing { border: 1px dashed var(--other); border-radius: 8px; padding: 1.5rem 0.5rem; text-align: center; font-size: 0.85rem; color: var(--quiet); }
.answers { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(6rem, 1fr)); gap: 0.75rem; font-size: 0.82rem; } .answers li { border: 1px solid var(--line); border-radius: 8px; padding: 0.5rem; text-align: center; } .answers .wrong { border: 3px double var(--bad); } .answers img { width: 100%; max-width: 5rem; height: auto; image-rendering: pixelated; border-radius: 4px; display: block; margin: 0 auto 0.3rem; } .answers span { color: var(--quiet); } .answers strong { color: var(--ink); }
footer { color: var(--quiet); font-size: 0.86rem; }
@media print { :root { --paper: #fff; --card: #fff; --ink: #000; --quiet: #333; --line: #999; --accent: #0b6b5d; --accent-soft: #e6f2ef; --other: #555; } body { max-width: none; font-size: 11pt; } nav, .skip { display: none; } section { border: 0; padding: 0; break-inside: auto; } figure, tr, .tiles > div, .findings li { break-inside: avoid; } h2, h3 { break-after: avoid; } .scroll { overflow: visible; } * { print-color-adjust: exact; } }
`;
