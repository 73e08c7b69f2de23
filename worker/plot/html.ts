/** A picture as one HTML file. Without its script it lacks the slider and nothing else. */
import { zeusCostJoules } from '../../policy/cost';
import { type Markup, markup } from '../report/markup';
import { items, pageOf, scrolling, scrollingTable } from '../report/page';
import { cheapestOf, isoCostPath, pixelOf, placeOf } from './isoCost';
import { pageStyle } from './pageStyle';
import type { Picture, Table } from './picture';
import { type Steerable, steer } from './steer';

export function htmlOf({ title, description, svg, table, notes, steerable }: Picture): string {
  const main = markup`<h1>${title}</h1>
<p>${description}</p>
${steerable === undefined ? markup`` : slider(steerable)}
${scrolling('The picture', { html: svg })}
<h2>The same as a table</h2>
${tableOf(table)}
<h2>What the numbers are</h2>
${items(notes)}`;
  return pageOf({ title, style: pageStyle, script: steerable && scriptOf(steerable), main });
}

/** Hidden until the script shows it. */
function slider({ eta }: Steerable): Markup {
  return markup`<div id="steering" hidden>
<label for="eta">η, from 0 (only time matters) to 1 (only energy matters)</label>
<input id="eta" type="range" min="0" max="1" step="0.01" value="${eta}">
<output id="winner" for="eta"></output>
</div>`;
}

function scriptOf(steerable: Steerable): string {
  const functions = [zeusCostJoules, cheapestOf, isoCostPath, pixelOf, placeOf, steer];
  const facts = JSON.stringify(steerable).replaceAll('<', '\\u003c');
  const call = `steer(document, ${facts}, { zeusCostJoules, cheapestOf, isoCostPath, placeOf });`;
  return `'use strict';\n${functions.map(String).join('\n')}\n${call}`;
}

function tableOf({ columns, rows }: Table): Markup {
  return scrollingTable(
    'The table',
    columns.map((column) => markup`<th scope="col">${column}</th>`),
    rows.map((row) =>
      row.map((cell, at) => (at === 0 ? markup`<th scope="row">${cell}</th>` : markup`<td>${cell}</td>`)),
    ),
  );
}
