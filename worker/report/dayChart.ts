/** Bars of one signal by day, as SVG: what was emitted, beside the best static cap and maximum power. Of the runs that can be compared. */
import { type Markup, html } from './markup';
import type { DayRow, Quantity } from './report';
import { quantityWords, unitWords } from './words';

const dayWidth = 48;
const barWidth = 11;
const height = 200;
const margin = { left: 70, top: 12, bottom: 28 };

const series = ['emitted', 'staticCap', 'maxPower'] as const;

/** Empty where no day can be compared. */
export function dayChart(days: readonly DayRow[]): Markup {
  const bars = days.flatMap(({ day, compared }) => (compared === null ? [] : { day, compared }));
  const [first] = days;
  if (bars.length === 0 || first === undefined) return html``;
  const amounts = bars.flatMap(({ compared }) => series.map((name) => amountOf(compared[name])));
  const [least, most] = [Math.min(0, ...amounts), Math.max(0, ...amounts)];
  const span = most - least || 1;
  const yOf = (amount: number) => margin.top + ((most - amount) / span) * height;
  const width = Math.max(margin.left + bars.length * dayWidth, 360);
  const columns = bars.map(({ day, compared }, at) => {
    const left = margin.left + at * dayWidth + 6;
    const drawn = series.map((name, which) => {
      const amount = amountOf(compared[name]);
      const [top, bottom] = [yOf(Math.max(0, amount)), yOf(Math.min(0, amount))];
      return html`<rect
        class="${name}"
        x="${left + which * barWidth}"
        y="${top.toFixed(1)}"
        width="${barWidth - 1}"
        height="${(bottom - top).toFixed(1)}"
      />`;
    });
    const label = at % Math.ceil(bars.length / 24) === 0 ? day.slice(5) : '';
    return html`${drawn}<text x="${left + 1.5 * barWidth}" y="${margin.top + height + 18}" text-anchor="middle"
        >${label}</text
      >`;
  });
  const ticks = [most, most / 2, 0].map((amount) => {
    const y = yOf(amount).toFixed(1);
    const words = quantityWords(first.signal.kind === 'price' ? { money: amount } : { grams: amount });
    return html`<line class="grid" x1="${margin.left}" x2="${width}" y1="${y}" y2="${y}" /><text
        x="${margin.left - 8}"
        y="${y}"
        dy="4"
        text-anchor="end"
        >${words}</text
      >`;
  });
  const title = `${unitWords(first.signal)} by day: emitted, best static cap, maximum power`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}">
      <svg
        viewBox="0 0 ${width} ${margin.top + height + margin.bottom}"
        width="${width}"
        role="img"
        aria-label="${title}; the table below has the numbers"
      >
        ${ticks} ${columns}
      </svg>
    </div>
    <p class="legend">
      <span class="key emitted"></span>these runs <span class="key staticCap"></span>best static cap, same time
      <span class="key maxPower"></span>maximum power
    </p>`;
}

function amountOf(quantity: Quantity): number {
  return 'money' in quantity ? quantity.money : quantity.grams;
}
