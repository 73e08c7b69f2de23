/** One HTML file that fetches nothing: it may run the one script that it brings, if any. Readable by keyboard, in light and dark, on paper. */
import { createHash } from 'node:crypto';
import { type Markup, markup } from './markup';

export interface Page {
  readonly title: string;
  readonly style: string;
  readonly script?: string | undefined;
  readonly main: Markup;
}

export function pageOf({ title, style, script, main }: Page): string {
  const allowed = script === undefined ? '' : `; script-src 'sha256-${digestOf(script)}'`;
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${{ html: allowed }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${{ html: style }}</style>
</head>
<body>
<main>
${main}
</main>
${script === undefined ? markup`` : markup`<script>${{ html: script }}</script>`}
</body>
</html>`;
  return page.html;
}

const digestOf = (script: string) => createHash('sha256').update(script).digest('base64');

/** Wide things scroll by themselves, by keyboard too. `name`: for those who do not see it. */
export function scrolling(name: string, content: Markup): Markup {
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${name}">
${content}
</div>`;
}

/** `heads` are cells of one row, `rows` of the others. */
export function scrollingTable(name: string, heads: readonly Markup[], rows: readonly (readonly Markup[])[]): Markup {
  const content = markup`<table><thead><tr>${heads}</tr></thead><tbody>
${rows.map((cells) => markup`<tr>${cells}</tr>`)}
</tbody></table>`;
  return scrolling(name, content);
}

export function items(sentences: readonly string[]): Markup {
  return sentences.length === 0 ? markup`` : markup`<ul>${sentences.map((words) => markup`<li>${words}</li>`)}</ul>`;
}
