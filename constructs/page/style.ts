/*
 * How pages look. Colours are pairs for both schemes, of which every text has 4.5:1 with what is behind it, and every mark 3:1
 * (WCAG 2.2, 1.4.3 and 1.4.11): `__tests__` measures them in a browser.
 */

const COLOURS = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #ffffff; --line: #d5dae1; --text: #1b2330; --muted: #546072; --link: #0b57c2; --focus: #0b57c2;
  --code: #eef1f5; --good: #11663b; --good-back: #e2f4ea; --warn: #7a4a00; --warn-back: #fdf0d5; --bad: #a3161f; --bad-back: #fde7e8;
  --plain: #404b5c; --plain-back: #e9edf2;
  --host: #6b4fbb; --workload: #0b66c3; --objects: #6a6f00; --service: #0f7a55; --outside: #a8520b;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #10141a; --card: #181e26; --line: #333d4a; --text: #e6ebf2; --muted: #a3afbf; --link: #8ab8ff; --focus: #8ab8ff;
    --code: #232b36; --good: #7fdca6; --good-back: #143524; --warn: #f3c574; --warn-back: #3a2c10; --bad: #ffa3a8; --bad-back: #44191d;
    --plain: #c3cddb; --plain-back: #2a3340;
    --host: #b6a1f5; --workload: #74b3ff; --objects: #cdd15c; --service: #63d3a6; --outside: #f2a765;
  }
}`;

const BASE = `
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text); font: 0.9375rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
a { color: var(--link); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
code { font: 0.8125rem/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; background: var(--code); padding: 0.1em 0.35em; border-radius: 4px; overflow-wrap: break-word; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
h1, h2, h3 { line-height: 1.25; margin: 0; overflow-wrap: anywhere; text-wrap: balance; }
li, p { overflow-wrap: anywhere; }
h1 { font-size: 1.875rem; letter-spacing: -0.01em; }
h2 { font-size: 1.25rem; }
h3 { font-size: 1rem; }
p { margin: 0; max-width: 70ch; }
ul { margin: 0; padding-left: 1.1rem; }
.muted, .empty { color: var(--muted); }
.heard { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: -4rem; background: var(--card); padding: 0.5rem 1rem; border-radius: 6px; z-index: 2; }
.skip:focus { top: 1rem; }
.badge { display: inline-block; white-space: nowrap; padding: 0.05rem 0.5rem; border-radius: 999px; font-size: 0.8125rem; font-weight: 600; color: var(--plain); background: var(--plain-back); }
.badge.good { color: var(--good); background: var(--good-back); }
.badge.warn { color: var(--warn); background: var(--warn-back); }
.badge.bad { color: var(--bad); background: var(--bad-back); }`;

const FRAME = `
.frame { max-width: 88rem; margin: 0 auto; padding: 1.5rem 1.5rem 4rem; }
header { display: grid; gap: 0.5rem; padding-bottom: 1.25rem; }
header .up { font-size: 0.875rem; }
header .badges { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
.columns { display: grid; grid-template-columns: 13rem minmax(0, 1fr); gap: 2rem; align-items: start; }
nav { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow-y: auto; font-size: 0.875rem; }
nav ul { list-style: none; padding: 0; display: grid; gap: 0.125rem; }
nav ul ul { padding-left: 0.75rem; }
nav a { display: block; padding: 0.25rem 0.625rem; border-radius: 6px; color: var(--text); text-decoration: none; overflow-wrap: anywhere; }
nav a:hover { background: var(--plain-back); }
nav ul ul a { color: var(--muted); }
main { display: grid; gap: 1.25rem; min-width: 0; }
main > section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem 1.5rem 1.5rem; display: grid; gap: 1rem; min-width: 0; }
.part { display: grid; gap: 0.75rem; min-width: 0; padding-top: 1rem; border-top: 1px solid var(--line); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 0.75rem; margin: 0; padding: 0; list-style: none; }
.figures li { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 0.75rem 1rem; }
.figures b { display: block; font-size: 1.5rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.figures span { color: var(--muted); font-size: 0.875rem; }
.terms { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0.875rem 1.5rem; margin: 0; }
.terms dt { color: var(--muted); font-size: 0.8125rem; }
.terms dd { margin: 0; overflow-wrap: anywhere; }
details { border: 1px solid var(--line); border-radius: 8px; padding: 0.5rem 0.75rem; min-width: 0; }
details[open] { display: grid; gap: 0.75rem; }
summary { cursor: pointer; font-weight: 600; font-size: 0.875rem; }
footer { color: var(--muted); font-size: 0.8125rem; padding-top: 1.5rem; }`;

const TABLES = `
table { width: 100%; border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
thead th { color: var(--muted); font-weight: 600; font-size: 0.8125rem; }
th, td { text-align: left; vertical-align: top; padding: 0.5rem 1rem 0.5rem 0; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
tbody tr:last-child > * { border-bottom: 0; }
th:last-child, td:last-child { padding-right: 0; }
tbody th { font-weight: 600; min-width: 6rem; }
td .label { display: none; }
.scroll { overflow-x: auto; min-width: 0; }
.whole { white-space: nowrap; }`;

const GRAPH = `
.graph { margin: 0; display: grid; gap: 0.5rem; min-width: 0; }
.drawing { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; background: var(--page); padding: 0.5rem; }
.drawing svg { display: block; margin: 0 auto; max-width: 100%; height: auto; min-width: 34rem; }
.drawing svg.middle { min-width: 54rem; }
.drawing svg.wide { min-width: 80rem; }
.drawing svg.widest { max-width: none; }
.node rect { fill: var(--card); stroke: var(--line); }
.node .bar { stroke: none; }
.node.host .bar { fill: var(--host); } .node.workload .bar { fill: var(--workload); } .node.objects .bar { fill: var(--objects); }
.node.service .bar { fill: var(--service); } .node.outside .bar { fill: var(--outside); }
.name { fill: var(--text); font-size: 12px; font-weight: 600; }
.note { fill: var(--muted); font-size: 11px; }
.edge { fill: none; stroke-width: 1.25; }
.edge.reads { stroke-dasharray: 5 4; }
.to-workload.edge { stroke: var(--workload); } .to-objects.edge { stroke: var(--objects); } .to-service.edge { stroke: var(--service); } .to-outside.edge { stroke: var(--outside); }
.to-workload.head { fill: var(--workload); } .to-objects.head { fill: var(--objects); } .to-service.head { fill: var(--service); } .to-outside.head { fill: var(--outside); }
figcaption { color: var(--muted); font-size: 0.8125rem; }
.key { white-space: nowrap; margin-right: 1rem; }
.key::before { content: ""; display: inline-block; width: 0.75rem; height: 0.75rem; border-radius: 3px; margin-right: 0.375rem; vertical-align: -0.05rem; }
.key.host::before { background: var(--host); } .key.workload::before { background: var(--workload); } .key.objects::before { background: var(--objects); }
.key.service::before { background: var(--service); } .key.outside::before { background: var(--outside); }
.key.reading::before { border-top: 2px dashed var(--service); border-radius: 0; height: 0; width: 1.25rem; vertical-align: 0.25rem; }`;

const NARROW = `
@media (max-width: 76rem) {
  .columns { grid-template-columns: minmax(0, 1fr); gap: 1.25rem; }
  nav { position: static; max-height: none; }
  nav > ul { display: flex; flex-wrap: wrap; gap: 0.25rem; }
  nav ul ul { display: none; }
  nav a { border: 1px solid var(--line); background: var(--card); padding: 0.375rem 0.75rem; }
}
@media (max-width: 60rem) {
  table, tr, td, tbody th { display: block; width: 100%; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr)); gap: 0.75rem; }
  tbody tr { border: 1px solid var(--line); border-radius: 8px; padding: 0.625rem 0.75rem; }
  th, td, tbody tr:last-child > * { border: 0; padding: 0.1875rem 0; }
  tbody th, td .value { overflow-wrap: anywhere; }
  tbody th { padding-bottom: 0.375rem; }
  td { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: 0.75rem; }
  td .label { display: block; color: var(--muted); font-size: 0.8125rem; }
  .badge { white-space: normal; border-radius: 0.625rem; }
}
@media (max-width: 44rem) {
  .frame { padding: 1rem 0.75rem 3rem; }
  h1 { font-size: 1.5rem; }
  main > section { padding: 1rem; border-radius: 10px; }
  .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .terms { grid-template-columns: minmax(0, 1fr); }
}
@media print {
  nav, .skip { display: none; }
  .columns { grid-template-columns: minmax(0, 1fr); }
  .drawing { overflow: visible; }
  .drawing svg, .drawing svg.middle, .drawing svg.wide { min-width: 0; }
  tr { break-inside: avoid; }
}`;

/** The style of every page: one text, whose digest is the only one that a page's policy lets in. */
export const STYLE = `${[COLOURS, BASE, FRAME, TABLES, GRAPH, NARROW].join("").trim()}\n`;
