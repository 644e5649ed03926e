import type { Judged } from './judge';
import { answerCurve, type Measures, reliability } from './measure';

export interface PageParts {
  readonly rows: readonly Judged[];
  readonly measures: Measures;
  /** What was measured on, when, with which model: one line. */
  readonly subtitle: string;
  readonly nameOf: (label: string) => string;
}

const escape = (text: string): string =>
  text.replace(/[&<>"]/gu, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const plotSize = 320;
const edge = 36;
const x = (value: number, top: number): number => edge + (Math.min(value, top) / top) * (plotSize - 2 * edge);
const y = (value: number, top: number): number =>
  plotSize - edge - (Math.min(value, top) / top) * (plotSize - 2 * edge);

function frame(
  title: string,
  across: string,
  up: string,
  body: string,
  tops: readonly [number, number],
): string {
  const [topX, topY] = tops;
  return `<figure><figcaption>${escape(title)}</figcaption>
<svg viewBox="0 0 ${plotSize} ${plotSize}" role="img" aria-label="${escape(title)}">
<rect x="${edge}" y="${edge}" width="${plotSize - 2 * edge}" height="${plotSize - 2 * edge}" class="frame"/>
${body}
<text x="${plotSize / 2}" y="${plotSize - 6}" text-anchor="middle">${escape(across)} (0-${topX})</text>
<text x="12" y="${plotSize / 2}" text-anchor="middle" transform="rotate(-90 12 ${plotSize / 2})">${escape(up)} (0-${topY})</text>
</svg></figure>`;
}

function reliabilityPlot(rows: readonly Judged[]): string {
  const dots = reliability(rows)
    .map(bin => {
      const radius = 2 + Math.sqrt(bin.lines) / 3;
      return `<circle cx="${x(bin.confidence, 1)}" cy="${y(bin.right, 1)}" r="${radius.toFixed(1)}"><title>${bin.lines}</title></circle>`;
    })
    .join('');
  const line = `<line x1="${x(0, 1)}" y1="${y(0, 1)}" x2="${x(1, 1)}" y2="${y(1, 1)}" class="ideal"/>`;
  return frame(
    'Reliability: how often it is right at each confidence',
    'confidence',
    'right',
    line + dots,
    [1, 1],
  );
}

function curvePlot(rows: readonly Judged[]): string {
  const top = 0.2;
  const points = answerCurve(rows);
  const path = points
    .map(point => `${x(point.answered, 1).toFixed(1)},${y(point.wrong, top).toFixed(1)}`)
    .join(' ');
  const limit = `<line x1="${x(0, 1)}" y1="${y(0.02, top)}" x2="${x(1, 1)}" y2="${y(0.02, top)}" class="ideal"/>`;
  return frame(
    'Wrong confident answers against questions answered',
    'answered',
    'wrong',
    `${limit}<polyline points="${path}"/>`,
    [1, top],
  );
}

/** Confusions, most frequent first: the full matrix of three hundred labels nobody reads, its filled cells everybody. */
function confusions({ rows, nameOf }: PageParts): string {
  const cells = new Map<string, number>();
  for (const row of rows) {
    if (row.right) continue;
    const key = `${row.label}\t${row.guess}`;
    cells.set(key, (cells.get(key) ?? 0) + 1);
  }
  const sorted = [...cells].sort((left, right) => right[1] - left[1]);
  const lines = sorted.map(([key, count]) => {
    const [label = '', guess = ''] = key.split('\t');
    return `<tr><td>${count}</td><td>${escape(label)}<br>${escape(nameOf(label))}</td><td>${escape(guess)}<br>${escape(nameOf(guess))}</td></tr>`;
  });
  return `<table><thead><tr><th>Times</th><th>Asked</th><th>Understood</th></tr></thead><tbody>${lines.join('\n')}</tbody></table>`;
}

/** The confusion matrix over groups of labels, rows asked, columns understood. */
function matrix(rows: readonly Judged[]): string {
  const group = (label: string): string =>
    label
      .replace(/^service:(p[123x]|x)-.*$/u, '$1')
      .replace(/^(complaint|hotline):.*$/u, '$1')
      .replace('intent:', '');
  const names = [...new Set(rows.flatMap(row => [group(row.label), group(row.guess)]))].sort();
  const counts = new Map<string, number>();
  for (const row of rows) {
    const key = `${group(row.label)}\t${group(row.guess)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const head = names.map(name => `<th class="up">${escape(name)}</th>`).join('');
  const body = names.map(asked => {
    const cells = names.map(understood => {
      const count = counts.get(`${asked}\t${understood}`) ?? 0;
      return `<td${count > 0 ? ` class="${asked === understood ? 'hit' : 'miss'}"` : ''}>${count || ''}</td>`;
    });
    return `<tr><th>${escape(asked)}</th>${cells.join('')}</tr>`;
  });
  return `<div class="wide"><table class="matrix"><thead><tr><th></th>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}

function shares(title: string, list: Measures['byStyle']): string {
  const rows = list.map(
    item =>
      `<tr><td>${escape(item.name)}</td><td>${item.lines}</td><td>${percent(item.first)}</td><td>${percent(item.inThree)}</td></tr>`,
  );
  return `<h2>${escape(title)}</h2><table><thead><tr><th></th><th>Lines</th><th>First</th><th>In three</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

function misses({ rows, nameOf }: PageParts): string {
  const lines = rows
    .filter(row => !row.right)
    .map(
      row =>
        `<tr class="${row.wrongConfident ? 'bold' : ''}"><td lang="th">${escape(row.text)}</td><td>${escape(row.style)}</td><td>${escape(row.label)} ${escape(nameOf(row.label))}</td><td>${escape(row.guess)} ${escape(nameOf(row.guess))}</td><td>${row.confidence.toFixed(2)}</td><td>${row.decision}</td></tr>`,
    );
  return `<input id="find" type="search" placeholder="ค้นหา / search" aria-label="Search the misses">
<table id="misses"><thead><tr><th>Text</th><th>Style</th><th>Asked</th><th>Understood</th><th>Confidence</th><th>Decision</th></tr></thead><tbody>${lines.join('\n')}</tbody></table>`;
}

const style = `body{font:15px/1.5 system-ui,"Noto Sans Thai",sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1b1b;background:#fff}
table{border-collapse:collapse;margin:.5rem 0}td,th{border:1px solid #ccc;padding:.2rem .5rem;text-align:left;vertical-align:top}
.up{writing-mode:vertical-rl}.hit{background:#cfe8cf}.miss{background:#f6cfc9}.bold{background:#fdeeb5}.wide{overflow-x:auto}
figure{display:inline-block;width:20rem;margin:0 1rem 1rem 0}svg{width:100%;fill:none;font-size:11px}svg text{fill:#333}
.frame{stroke:#999}.ideal{stroke:#999;stroke-dasharray:4}polyline{stroke:#1a5fb4;stroke-width:2}circle{fill:#1a5fb4;opacity:.7}
input{font:inherit;padding:.4rem;width:20rem}`;

const script = `const find=document.getElementById('find');find.addEventListener('input',()=>{const wanted=find.value.toLowerCase();
for(const row of document.querySelectorAll('#misses tbody tr'))row.hidden=!row.textContent.toLowerCase().includes(wanted)});`;

/** One self-contained page: figures, curves, confusions and every miss, searchable. Nothing is fetched. */
export function evaluationPage(parts: PageParts): string {
  const { measures } = parts;
  const wrong = parts.rows.filter(row => !row.right).length;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>ThamRat: evaluation of understanding</title><style>${style}</style></head><body>
<h1>Evaluation of understanding</h1><p>${escape(parts.subtitle)}</p>
<p>Right first ${percent(measures.first)}, in three ${percent(measures.inThree)} of ${measures.lines} lines. Topics: first ${percent(measures.topics.first)}, in three ${percent(measures.topics.inThree)}.
Answered outright ${percent(measures.answered)}, wrong and confident ${percent(measures.wrongConfident)}. None of these: precision ${percent(measures.none.precision)}, recall ${percent(measures.none.recall)}.
Crisis: recall ${percent(measures.crisis.recall)}, false alarms ${percent(measures.crisis.falseAlarms)}. Calibration error ${measures.calibrationError.toFixed(3)}.</p>
${reliabilityPlot(parts.rows)}${curvePlot(parts.rows)}
${shares('By style', measures.byStyle)}${shares('By intent and kind', measures.byGroup)}
<h2>Confusion matrix</h2>${matrix(parts.rows)}
<h2>Confusions</h2>${confusions(parts)}
<h2>Misses (${wrong})</h2>${misses(parts)}
<script>${script}</script></body></html>
`;
}
