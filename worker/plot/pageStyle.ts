/** How the page of a picture looks. Nothing moves; wide things scroll by themselves, so that a page zoomed in does not. */
import { declarations } from './colours';

export const pageStyle = `
:root { ${declarations('light')} }
@media (prefers-color-scheme: dark) { :root { ${declarations('dark')} } }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin-top: 2.5rem; }
p, li { max-width: 48rem; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
.scroll:focus-visible, input:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
svg { display: block; }
#steering[hidden] { display: none; }
#steering { display: grid; gap: .25rem; max-width: 40rem; margin: 1.5rem 0; }
#steering input { width: 100%; accent-color: var(--vermillion); height: 1.75rem; margin: 0; }
#steering output { font-weight: 600; min-height: 1.5em; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { padding: .3rem .7rem; border-bottom: 1px solid var(--faint); text-align: right; vertical-align: baseline; }
td { font-variant-numeric: tabular-nums; white-space: nowrap; }
thead th { vertical-align: bottom; color: var(--quiet); font-weight: 600; }
th:first-child { text-align: left; }
@media print { :root { ${declarations('light')} } #steering { display: none; } svg * { print-color-adjust: exact; } .scroll { overflow: visible; } }
`;
