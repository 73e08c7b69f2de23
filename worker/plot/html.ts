/** A picture as one HTML file: nothing fetched, works by keyboard, in light and dark, on paper, and without its script but for the slider. */
import { createHash } from 'node:crypto';
import { zeusCostJoules } from '../../policy/cost';
import { type Markup, markup } from '../report/markup';
import { cheapestOf, isoCostPath, pixelOf, placeOf } from './isoCost';
import { pageStyle } from './pageStyle';
import type { Picture, Table } from './picture';
import { type Steerable, steer } from './steer';

export function htmlOf({ title, description, svg, table, notes, steerable }: Picture): string {
  const script = steerable === undefined ? null : scriptOf(steerable);
  const allowed = script === null ? '' : `; script-src 'sha256-${digestOf(script)}'`;
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${{ html: allowed }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${{ html: pageStyle }}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${description}</p>
${steerable === undefined ? markup`` : slider(steerable)}
<div class="scroll" tabindex="0" role="region" aria-label="The picture">
${{ html: svg }}
</div>
<h2>The same as a table</h2>
${tableOf(table)}
<h2>What the numbers are</h2>
<ul>${notes.map((note) => markup`<li>${note}</li>`)}</ul>
</main>
${script === null ? markup`` : markup`<script>${{ html: script }}</script>`}
</body>
</html>`;
  return page.html;
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

const digestOf = (script: string) => createHash('sha256').update(script).digest('base64');

function tableOf({ columns, rows }: Table): Markup {
  const heads = columns.map((column) => markup`<th scope="col">${column}</th>`);
  const lines = rows.map((row) => {
    const cells = row.map((cell, at) => (at === 0 ? markup`<th scope="row">${cell}</th>` : markup`<td>${cell}</td>`));
    return markup`<tr>${cells}</tr>`;
  });
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="The table">
<table><thead><tr>${heads}</tr></thead><tbody>
${lines}
</tbody></table></div>`;
}
