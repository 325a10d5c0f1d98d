// Style and script of report.html.
#include "core/report/html_style.h"

namespace minnow {

const std::string_view report_style = R"css(
:root { --accent: #0f5e5c; --accent-soft: #e3efed; --ink: #2b2825; --caption: #6f6860; --line: #e4dfd7; --paper: #faf8f5;
  --card: #ffffff; --before: #a69d92; --eval: #d9772b;
  --bad: #a8412a; --bad-soft: #fbe9e2; --add-soft: #fdf0d9; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI",
  "Noto Sans", "Helvetica Neue", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif;
  font-variant-numeric: tabular-nums; }
main { max-width: 1080px; margin: 0 auto; padding: 40px 32px 64px; }
header { margin-bottom: 24px; }
.kicker { color: var(--accent); font-size: 13px; font-weight: 600; letter-spacing: .02em; }
h1 { font-size: 30px; line-height: 1.25; font-weight: 600; margin: 4px 0 4px; }
h2 { font-size: 20px; line-height: 1.3; font-weight: 600; margin: 0 0 4px; }
h3 { font-size: 15px; font-weight: 600; margin: 24px 0 8px; }
p { margin: 0 0 8px; }
.caption { color: var(--caption); font-size: 13px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 24px 28px; margin: 0 0 16px; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 2px; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; font-size: 13px; color: var(--caption); padding: 8px 16px 8px 0; border-bottom: 1px solid var(--line); }
td { padding: 8px 16px 8px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child > td { border-bottom: 0; }
.number { text-align: right; white-space: nowrap; }

.measure { display: grid; grid-template-columns: minmax(0, 6fr) minmax(0, 5fr); gap: 4px 48px; align-items: end;
  margin: 0 0 20px; }
.measure h3 { grid-column: 1 / -1; margin: 0; }
.figures { display: flex; align-items: flex-start; gap: 28px; }
.figure { width: 210px; }
.figure .side { font-size: 13px; color: var(--caption); }
.figure .value { font-size: 44px; line-height: 1.1; font-weight: 600; letter-spacing: -.01em; white-space: nowrap; }
.figure.before .value { color: #7d746a; }
.figure.after .value { color: var(--accent); }
.measure.second .value { font-size: 28px; }
.arrow { color: var(--before); font-size: 28px; width: 34px; padding-top: 22px; }
.measure.second .arrow { font-size: 22px; padding-top: 16px; }
.finding { border-left: 3px solid var(--accent); padding: 2px 0 2px 16px; margin: 20px 0 4px; font-size: 17px; }
.finding.doubt { border-color: var(--eval); }
.finding p { margin: 0 0 4px; }
.finding strong { font-weight: 600; }

.bars { width: 250px; } .counts { width: 190px; }
.bars svg { width: 240px; } .counts svg { width: 180px; margin-top: 6px; }
.mark { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 5px; }
.mark.before { background: var(--before); } .mark.after { background: var(--accent); }
.two { line-height: 1.3; font-size: 13px; }

.filters { display: none; gap: 8px 12px; flex-wrap: wrap; align-items: center; position: sticky; top: 0; z-index: 1;
  background: var(--card); padding: 12px 0; border-bottom: 1px solid var(--line); }
.scripted .filters { display: flex; }
.filters button, .filters select, .filters input { font: inherit; font-size: 13px; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: 6px; padding: 5px 11px; }
.filters input { flex: 1 1 180px; min-width: 140px; }
.filters button[aria-pressed=true] { background: var(--accent); border-color: var(--accent); color: #fff; }
.filters button:focus-visible, .filters select:focus-visible, .filters input:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.legend ins, .legend del { margin: 0 2px; }
.group > h3 { display: flex; gap: 8px; align-items: baseline; }
.group > h3 .caption { font-weight: 400; }
.row { border: 1px solid var(--line); border-radius: 8px; margin: 0 0 12px; overflow: hidden; content-visibility: auto; contain-intrinsic-size: auto 260px; }
.row > .input { background: var(--paper); padding: 8px 14px; display: flex; gap: 12px; border-bottom: 1px solid var(--line); }
.row .id { color: var(--caption); font-size: 12.5px; flex: 0 0 auto; padding-top: 1.5px; }
.row .status { font-size: 12.5px; font-weight: 600; flex: 0 0 auto; padding-top: 1.5px; }
.row .status.broken, .row .status.wrong { color: var(--bad); } .row .status.fixed, .row .status.right { color: var(--accent); }
.row .said { flex: 1; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.row table { table-layout: fixed; font-size: 13.5px; }
.row th, .row td { padding: 4px 14px; border-bottom: 1px solid #f2eee8; }
.row th { font-size: 12px; }
.row th:first-child, .row td:first-child { width: 17%; color: var(--caption); overflow-wrap: anywhere; }
td.v { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.ok { color: #8b837a; } .ok::after { content: " ✓"; color: #7fa9a4; }
.none { color: var(--caption); font-style: italic; }
.chip { display: inline-block; font-size: 11.5px; line-height: 1.5; color: var(--bad); background: var(--bad-soft); border-radius: 4px; padding: 0 6px; margin-left: 6px; white-space: nowrap; }
ins { text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: 3px; background: var(--add-soft); }
del { text-decoration: line-through; text-decoration-thickness: 1.5px; color: var(--bad); background: var(--bad-soft); }
.raw { font: 12.5px/1.5 ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; color: var(--ink); }
.note { font-size: 12.5px; color: var(--caption); padding: 4px 14px 8px; margin: 0; }
.prompt { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 8px 12px; font-size: 13px; margin: 0; }
.facts td, .facts th { padding: 6px 16px 6px 0; font-size: 13.5px; } .facts td { overflow-wrap: anywhere; }
.facts th { white-space: nowrap; vertical-align: top; }
.hash { font: 12px ui-monospace, "DejaVu Sans Mono", monospace; }
.aside { margin-top: 12px; }
footer { color: var(--caption); font-size: 12.5px; margin-top: 16px; }
[hidden] { display: none !important; }
.print-only { display: none; }

@media (max-width: 760px) { main { padding: 20px 12px; } section { padding: 16px; }
  .measure { grid-template-columns: 1fr; } .figures { gap: 14px; } .figure { width: auto; } .figure .value { font-size: 30px; } .bars, .bars svg { width: 140px; } }
@media print {
  @page { size: A4; margin: 14mm 13mm; }
  body { background: #fff; font-size: 10.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  section { border: 0; border-top: 1px solid var(--line); border-radius: 0; padding: 12pt 0; margin: 0; }
  .row, tr, .measure, .finding, svg, .card { break-inside: avoid; } h2, h3 { break-after: avoid; }
  .row { content-visibility: visible; } .row > .input { background: none; }
  .scripted .filters, .filters, .screen-only { display: none !important; } .print-only { display: block; }
  a { color: inherit; text-decoration: none; }
}
)css";

const std::string_view report_script = R"js(
(() => {
  const $ = (s, n = document) => [...n.querySelectorAll(s)];
  const rows = $('.row'), state = { outcome: '', field: '', kind: '', text: '' };
  const hit = (row) => {
    if (state.outcome && row.dataset.outcome !== state.outcome) return false;
    if (state.field || state.kind) {
      const sides = (state.side ? [row.dataset[state.side]] : [row.dataset.before, row.dataset.after]);
      if (!sides.some((s) => (s || '').split(' ').some((e) => {
        const [field, kind] = e.split(':');
        return e && (!state.field || field === state.field) && (!state.kind || kind === state.kind);
      }))) return false;
    }
    return !state.text || row.textContent.toLowerCase().includes(state.text);
  };
  const apply = () => {
    let shown = 0;
    for (const row of rows) { row.hidden = !hit(row); shown += row.hidden ? 0 : 1; }
    for (const g of $('.group')) g.hidden = !$('.row', g).some((r) => !r.hidden);
    for (const b of $('.filters button')) b.setAttribute('aria-pressed', String(b.value === state.outcome));
    const field = document.getElementById('field'), kind = document.getElementById('kind');
    if (field) field.value = state.field;
    if (kind) kind.value = state.kind;
    const count = document.getElementById('shown');
    if (count) count.textContent = shown;
  };
  document.documentElement.classList.add('scripted');
  for (const b of $('.filters button')) b.addEventListener('click', () => { state.outcome = b.value; state.side = ''; apply(); });
  for (const name of ['field', 'kind']) {
    const select = document.getElementById(name);
    if (select) select.addEventListener('change', () => { state[name] = select.value; state.side = ''; apply(); });
  }
  const search = document.getElementById('search');
  if (search) search.addEventListener('input', () => { state.text = search.value.toLowerCase(); apply(); });
  for (const a of $('a[data-filter]')) a.addEventListener('click', () => {
    Object.assign(state, { outcome: '', field: '', kind: '', side: '', text: '' }, JSON.parse(a.dataset.filter));
    if (search) search.value = '';
    apply();
  });
  apply();
})();
)js";

}  // namespace minnow
