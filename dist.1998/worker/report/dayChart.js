"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.dayChart = dayChart;
/** Bars of one signal by day, as SVG: what was emitted, beside the best static cap and maximum power. Of the runs that can be compared. */
const markup_1 = require("./markup");
const words_1 = require("./words");
const dayWidth = 48;
const barWidth = 11;
const height = 200;
const margin = { left: 70, top: 12, bottom: 28 };
const series = ['emitted', 'staticCap', 'maxPower'];
/** Empty where no day can be compared. */
function dayChart(days) {
    const bars = days.flatMap(({ day, compared }) => (compared === null ? [] : { day, compared }));
    const signal = days[0]?.signal;
    if (bars.length === 0 || signal === undefined)
        return (0, markup_1.markup) ``;
    const scale = scaleOf(bars);
    const width = Math.max(margin.left + bars.length * dayWidth, 360);
    const labelEvery = Math.ceil(bars.length / 24);
    const drawn = bars.map((bar, at) => dayBars(bar, margin.left + at * dayWidth + 6, scale, at % labelEvery === 0));
    const title = `${(0, words_1.unitWords)(signal)} by day: emitted, best static cap, maximum power`;
    return (0, markup_1.markup) `<div class="scroll" tabindex="0" role="region" aria-label="${title}">
<svg viewBox="0 0 ${width} ${margin.top + height + margin.bottom}" width="${width}" role="img" aria-label="${title}; the table below has the numbers">
${ticks(scale, signal, width)}
${drawn}
</svg></div>
<p class="legend"><span class="key emitted"></span>these runs <span class="key staticCap"></span>best static cap, same time <span class="key maxPower"></span>maximum power</p>`;
}
/** Zero is always on it; what is paid can be less. */
function scaleOf(bars) {
    const amounts = bars.flatMap(({ compared }) => series.map((name) => amountOf(compared[name])));
    const most = amounts.reduce((high, amount) => Math.max(high, amount), 0);
    const least = amounts.reduce((low, amount) => Math.min(low, amount), 0);
    return { most, yOf: (amount) => margin.top + ((most - amount) / (most - least || 1)) * height };
}
function dayBars({ day, compared }, left, { yOf }, isLabelled) {
    const rectangles = series.map((name, at) => {
        const amount = amountOf(compared[name]);
        const top = yOf(Math.max(0, amount));
        const size = (0, markup_1.markup) `width="${barWidth - 1}" height="${(yOf(Math.min(0, amount)) - top).toFixed(1)}"`;
        return (0, markup_1.markup) `<rect class="${name}" x="${left + at * barWidth}" y="${top.toFixed(1)}" ${size}/>`;
    });
    const label = isLabelled ? day.slice(5) : '';
    return (0, markup_1.markup) `${rectangles}
<text x="${left + 1.5 * barWidth}" y="${margin.top + height + 18}" text-anchor="middle">${label}</text>`;
}
function ticks({ most, yOf }, { kind }, width) {
    return [most, most / 2, 0].map((amount) => {
        const y = yOf(amount).toFixed(1);
        const words = (0, words_1.quantityWords)(kind === 'price' ? { money: amount } : { grams: amount });
        return (0, markup_1.markup) `<line class="grid" x1="${margin.left}" x2="${width}" y1="${y}" y2="${y}"/>
<text x="${margin.left - 8}" y="${y}" dy="4" text-anchor="end">${words}</text>`;
    });
}
function amountOf(quantity) {
    return 'money' in quantity ? quantity.money : quantity.grams;
}
//# sourceMappingURL=dayChart.js.map