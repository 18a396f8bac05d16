/* How the portal looks beside the style of every page; colours are the pairs of constructs/page/style.ts. */

const BAR = `
.top { position: sticky; top: 0; z-index: 5; background: var(--card); border-bottom: 1px solid var(--line); }
.top > div { max-width: 84rem; margin: 0 auto; padding: 0 1.5rem; display: grid; grid-template-columns: auto minmax(0, 1fr) minmax(11rem, 15rem); gap: 0 1.25rem; align-items: center; min-height: 3.5rem; }
header.top { display: block; padding: 0; }
.brand { display: flex; align-items: center; gap: 0.625rem; font-weight: 650; color: var(--text); text-decoration: none; max-width: 16rem; overflow-wrap: anywhere; line-height: 1.2; }
.brand svg { flex: none; width: 1.375rem; height: 1.375rem; }
.brand rect { fill: var(--link); } .brand path { fill: none; stroke: var(--card); stroke-width: 1.75; }
.top nav { position: static; max-height: none; overflow: visible; font-size: 0.875rem; }
.top nav ul { display: flex; flex-wrap: wrap; gap: 0; margin: 0; }
.top nav a { display: block; padding: 0.375rem 0.5rem; color: var(--muted); border: 0; background: none; border-radius: 6px; white-space: nowrap; }
.top nav a:hover { color: var(--text); background: var(--plain-back); }
.top nav a[aria-current] { color: var(--text); box-shadow: inset 0 -2px var(--link); border-radius: 0; }
.search { position: relative; visibility: hidden; }
.live .search { visibility: visible; }
.search input { width: 100%; font: inherit; font-size: 0.875rem; color: var(--text); background: var(--page); border: 1px solid var(--edge); border-radius: 8px; padding: 0.4375rem 2rem 0.4375rem 0.75rem; appearance: none; }
.search input::placeholder { color: var(--muted); opacity: 1; }
.search input::-webkit-search-cancel-button { display: none; }
.search kbd { position: absolute; right: 0.625rem; top: 0.5rem; font: 0.75rem/1.25rem ui-monospace, monospace; color: var(--muted); border: 1px solid var(--line); border-radius: 4px; padding: 0 0.375rem; pointer-events: none; background: var(--card); }
.search input:focus ~ kbd { display: none; }
.results { position: absolute; right: 0; top: calc(100% + 0.5rem); width: min(34rem, calc(100vw - 1.5rem)); max-height: min(34rem, calc(100vh - 6rem)); overflow-y: auto; background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: 0 12px 32px rgb(0 0 0 / 0.18); padding: 0.5rem; z-index: 6; }
.results [role="group"] > span { display: block; padding: 0.5rem 0.625rem 0.25rem; font-size: 0.75rem; font-weight: 600; color: var(--muted); }
.results a { display: block; padding: 0.375rem 0.625rem; border-radius: 8px; color: var(--text); text-decoration: none; }
.results a b { display: block; font-weight: 600; font-size: 0.875rem; overflow-wrap: anywhere; }
.results a small { display: block; color: var(--muted); font-size: 0.8125rem; overflow-wrap: anywhere; }
.results a[aria-selected="true"], .results a:hover { background: var(--plain-back); }
.results a[aria-selected="true"] { outline: 2px solid var(--focus); outline-offset: -2px; }
.results p { padding: 0.625rem; color: var(--muted); font-size: 0.875rem; }`;

const LAYOUT = `
:root { --edge: #7b8697; --gold: #7a5700; --silver: #536073; --bronze: #7d3f1d; --none: #b3261e; --gold-mark: #b58100; --silver-mark: #8691a2; --bronze-mark: #7d3f1d; }
@media screen and (prefers-color-scheme: dark) { :root { --edge: #76839a; --gold: #e3b341; --silver: #a9b4c4; --bronze: #dc9668; --none: #ff8f86; --gold-mark: #e3b341; --silver-mark: #a9b4c4; --bronze-mark: #a8643a; } }
tbody th .muted { font-weight: 400; }
html { scroll-padding-top: 4.5rem; }
.top ~ .frame { max-width: 84rem; padding-top: 2rem; }
main:focus { outline: none; }
.head { display: grid; gap: 0.625rem; padding-bottom: 0.5rem; }
.head h1 { font-size: 2rem; font-weight: 680; }
.head .lead { font-size: 1.0625rem; max-width: 60ch; }
.head .up { font-size: 0.875rem; color: var(--muted); }
.head .badges { display: flex; flex-wrap: wrap; gap: 0.375rem; align-items: center; }
.content { display: grid; gap: 1.25rem; min-width: 0; }
.content > section, .cards > section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem 1.5rem 1.5rem; display: grid; gap: 1rem; min-width: 0; align-content: start; }
.top ~ .frame .columns { grid-template-columns: minmax(0, 1fr) 12rem; }
.top ~ .frame .columns > nav { order: 2; top: 5rem; max-height: calc(100vh - 6rem); border-left: 1px solid var(--line); padding-left: 0.5rem; }
.contents ul ul { padding-left: 0.5rem; }
.cards { display: grid; grid-template-columns: minmax(0, 1.7fr) minmax(0, 1fr); gap: 1.25rem; align-items: start; }
.cards > div { display: grid; gap: 1.25rem; min-width: 0; }
.cards > div > section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem 1.5rem 1.5rem; display: grid; gap: 1rem; min-width: 0; }
.figures a { display: block; text-decoration: none; color: inherit; margin: -0.75rem -1rem; padding: 0.75rem 1rem; border-radius: 12px; }
.figures a:hover { background: var(--plain-back); }
.plain-list { list-style: none; padding: 0; display: grid; gap: 0.625rem; font-size: 0.875rem; }
.plain-list li { display: grid; gap: 0.125rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1.25rem 2rem; align-items: start; }
.pair > div { display: grid; gap: 0.5rem; min-width: 0; }
.more { font-size: 0.875rem; }
.badge.grade { background: none; border: 1px solid currentColor; }
.badge.gold { color: var(--gold); } .badge.silver { color: var(--silver); } .badge.bronze { color: var(--bronze); } .badge.below { color: var(--none); }
.spread { display: block; width: 100%; height: 0.75rem; border-radius: 4px; }
.spread .gold { fill: var(--gold-mark); } .spread .silver { fill: var(--silver-mark); } .spread .bronze { fill: var(--bronze-mark); } .spread .below { fill: var(--none); }
.key.gold::before { background: var(--gold-mark); } .key.silver::before { background: var(--silver-mark); } .key.bronze::before { background: var(--bronze-mark); } .key.below::before { background: var(--none); }
.legend { color: var(--muted); font-size: 0.8125rem; display: flex; flex-wrap: wrap; gap: 0.25rem 0; }
.node a, a .node { text-decoration: none; }
a:hover .node rect:first-of-type, a:hover > .node > rect:first-of-type { stroke: var(--link); }
a:focus-visible .node > rect:first-of-type { stroke: var(--focus); stroke-width: 3; }
.node.self > rect:first-of-type { stroke: var(--link); stroke-width: 2; }
.drawing svg.narrow { min-width: 0; max-width: none; }
.drawing svg.middle { min-width: 50rem; }
.timeline svg { min-width: 46rem; width: 100%; }
.timeline .grid { stroke: var(--line); stroke-width: 1; } .timeline .now { stroke: var(--text); stroke-width: 1.5; }
.timeline text { fill: var(--muted); font-size: 11px; } .timeline .name { fill: var(--text); font-weight: 500; }
.timeline .good { fill: var(--service); } .timeline .warn { fill: var(--outside); } .timeline .bad { fill: var(--none); } .timeline .plain { fill: var(--edge); }`;

const TEXT = `
.prose { display: grid; gap: 0.75rem; min-width: 0; }
.prose, .prose ul, .prose ol { grid-template-columns: minmax(0, 1fr); }
.prose > *, .prose li { margin: 0; min-width: 0; }
.prose h2 { padding-top: 0.75rem; }
.prose h3, .prose h4, .prose h5 { padding-top: 0.5rem; font-size: 1rem; margin: 0; }
.prose h4, .prose h5 { font-size: 0.9375rem; }
.prose ul, .prose ol { padding-left: 1.375rem; display: grid; gap: 0.375rem; }
.prose li > p + * { margin-top: 0.5rem; }
.prose li > ul, .prose li > ol { margin-top: 0.375rem; }
.prose blockquote { border-left: 3px solid var(--line); padding-left: 1rem; color: var(--muted); }
.prose hr { border: 0; border-top: 1px solid var(--line); width: 100%; }
pre { margin: 0; padding: 0.75rem 1rem; background: var(--code); border-radius: 8px; overflow-x: auto; max-width: 100%; }
pre code { background: none; padding: 0; white-space: pre; overflow-wrap: normal; font-size: 0.8125rem; line-height: 1.55; }
.operation { border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.25rem 1.25rem; display: grid; gap: 0.75rem; min-width: 0; }
.operation h3 { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: baseline; }
.operation h3 code { font-size: 0.9375rem; }
.operation h4 { margin: 0.25rem 0 0; font-size: 0.8125rem; color: var(--muted); font-weight: 600; }
.method { font: 600 0.8125rem/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color: var(--link); border: 1px solid currentColor; border-radius: 6px; padding: 0.0625rem 0.5rem; }`;

const NARROW = `
@media (max-width: 76rem) {
  .top > div { grid-template-columns: minmax(0, 1fr) minmax(10rem, 18rem); padding-top: 0.625rem; padding-bottom: 0.375rem; gap: 0.375rem 1rem; }
  .top nav { grid-column: 1 / -1; grid-row: 2; }
  .top nav ul { margin-left: -0.5rem; }
  .top ~ .frame .columns { grid-template-columns: minmax(0, 1fr); }
  .top ~ .frame .columns > nav { order: 0; border: 0; padding: 0; max-height: none; }
  .contents > ul { gap: 0.25rem; }
  html { scroll-padding-top: 7rem; }
}
@media (max-width: 60rem) { .cards { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 44rem) {
  .top { position: static; }
  .top > div { padding-left: 0.75rem; padding-right: 0.75rem; grid-template-columns: minmax(0, 1fr); }
  .top nav { grid-row: auto; }
  .top nav a { padding: 0.3125rem 0.5rem; }
  .results { width: 100%; left: 0; right: auto; }
  .top ~ .frame { padding-top: 1.25rem; }
  .head h1 { font-size: 1.5rem; }
  .content > section, .cards > div > section { padding: 1rem; border-radius: 10px; }
  .operation { padding: 0.75rem; }
  html { scroll-padding-top: 1rem; }
}
@media (prefers-reduced-motion: no-preference) { .top nav a, .results a, .figures a { transition: background-color 120ms; } }
@media print { .top { display: none; } .content > section { break-inside: avoid-page; } pre { white-space: pre-wrap; } }`;

/** The style of the portal's pages, beside that of every page. */
export const PORTAL_STYLE = `${[LAYOUT, BAR, TEXT, NARROW].join("").trim()}\n`;
