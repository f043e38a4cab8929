/**
 * The look of a report: one column of text at a readable width, figures as wide as the page allows, light and dark by
 * the reader's choice, and paper. Colours have a contrast of at least 4.5 : 1 against their ground.
 */
export const css = `
:root { color-scheme: light dark; --ink: #1f2328; --soft: #57606a; --ground: #ffffff; --card: #f6f8fa; --line: #d0d7de;
  --link: #0b5cad; --good: #116329; --bad: #a40e26; --open: #7a4a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b3; --ground: #0d1117; --card: #161b22;
  --line: #3d444d; --link: #6cb6ff; --good: #56d364; --bad: #ff8c85; --open: #e3b341; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; color: var(--ink); background: var(--ground); font: 17px/1.6 system-ui, -apple-system, "Segoe UI", sans-serif; }
main, header, footer { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 3rem; }
h1 { font-size: 2.1rem; line-height: 1.2; margin: 0 0 .5rem; letter-spacing: -.01em; }
h2 { font-size: 1.45rem; line-height: 1.3; margin: 3rem 0 .75rem; }
h2.study { font-size: 1.8rem; border-top: 2px solid var(--line); padding-top: 2.5rem; margin-top: 4rem; }
h3 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p { margin: 0 0 1rem; max-width: 46rem; }
a { color: var(--link); }
code { font: .9em ui-monospace, "SF Mono", Menlo, Consolas, monospace; background: var(--card); padding: .1em .3em; border-radius: 4px; overflow-wrap: anywhere; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .75rem 1rem; overflow-x: auto; font: .8rem/1.5 ui-monospace, Menlo, Consolas, monospace; }
pre code { background: none; padding: 0; }
.lead { font-size: 1.15rem; }
.facts { color: var(--soft); font-size: .9rem; }
.tally { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; padding: 0; list-style: none; }
nav ol { columns: 2 18rem; padding-left: 1.25rem; font-size: .95rem; }
figure { margin: 2rem 0; }
figure .picture { overflow-x: auto; }
figure svg { display: block; max-width: 100%; height: auto; }
figcaption { max-width: 46rem; font-size: .92rem; color: var(--soft); margin-top: .5rem; }
figcaption b { color: var(--ink); }
details { font-size: .88rem; margin: .4rem 0; }
summary { cursor: pointer; color: var(--link); width: fit-content; }
.scroll { overflow-x: auto; margin: 1rem 0; }
.scroll:focus-visible, summary:focus-visible, a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; font-size: .88rem; line-height: 1.4; min-width: 100%; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
th { font-weight: 600; border-bottom-width: 2px; white-space: nowrap; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.claims td:first-child { min-width: 16rem; }
small { color: var(--soft); }
.verdict { white-space: nowrap; font-weight: 600; }
.reproduced { color: var(--good); } .differs { color: var(--bad); } .inconclusive { color: var(--open); }
.skip { position: absolute; left: -999px; } .skip:focus { left: 1rem; top: 1rem; background: var(--ground); padding: .5rem; }
footer { color: var(--soft); font-size: .88rem; padding-top: 2rem; padding-bottom: 3rem; }
@media (max-width: 40rem) { body { font-size: 16px; } h1 { font-size: 1.7rem; } figure svg { min-width: 34rem; } }
@media print { :root { --ink: #000; --soft: #444; --ground: #fff; --card: #f4f4f4; --line: #bbb; --link: #000; --good: #063; --bad: #900; --open: #640; }
  body { font-size: 10.5pt; } nav, details, .skip { display: none; } main, header, footer { max-width: none; padding: 0; }
  figure, tr { break-inside: avoid; } h2, h3, caption, thead { break-after: avoid; } h2.study { break-before: page; border: 0; } .scroll { overflow: visible; } table { font-size: 8.5pt; } }
`;
