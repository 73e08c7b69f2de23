"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.style = void 0;
/** How a report looks. Colours of Okabe and Ito, which colour-blind people tell apart; their order in the chart says the same. */
exports.style = `
:root { --ink: #1b1b1b; --paper: #fff; --faint: #d5d5d5; --quiet: #555; --emitted: #0072b2; --static: #e69f00; --max: #8a8a8a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e8e8; --paper: #16181b; --faint: #3b3f45; --quiet: #a9adb3; --emitted: #56b4e9; --static: #e69f00; --max: #85898f; }
}
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 80rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.2; }
h2 { font-size: 1.15rem; margin-top: 2.5rem; overflow-wrap: anywhere; }
p, li { max-width: 48rem; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 3px solid var(--emitted); outline-offset: 2px; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { padding: .3rem .7rem; border-bottom: 1px solid var(--faint); text-align: right; vertical-align: baseline; }
td { font-variant-numeric: tabular-nums; white-space: nowrap; }
thead th { vertical-align: bottom; color: var(--quiet); font-weight: 600; }
tbody th, .text { text-align: left; }
svg { display: block; }
svg text { font: 11px system-ui, sans-serif; fill: var(--quiet); }
.grid { stroke: var(--faint); }
rect.emitted { fill: var(--emitted); } rect.staticCap { fill: var(--static); } rect.maxPower { fill: var(--max); }
.legend { color: var(--quiet); font-size: .9rem; }
.key { display: inline-block; width: .8em; height: .8em; margin: 0 .4em 0 .8em; }
.key.emitted { background: var(--emitted); } .key.staticCap { background: var(--static); } .key.maxPower { background: var(--max); }
@media print { .key, rect { print-color-adjust: exact; } }
`;
//# sourceMappingURL=style.js.map