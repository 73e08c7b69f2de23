/** Observable Plot on a document without a browser: panels one below the other in, SVG text out. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { ground, ink, quiet } from './colours';

export interface Drawing {
  readonly title: string;
  readonly description: string;
  /** How to read it, a line each. */
  readonly legend: readonly string[];
  readonly panels: readonly Panel[];
}

export type Panel = Plot.PlotOptions & { readonly height: number };

/** Wide enough for a column of text, as GitHub's. */
export const width = 820;
/** Of all panels, so that they stand in line. */
export const sideMargins = { marginLeft: 62, marginRight: 30 };

const headingHeight = 34;
const legendHeight = 16;
/** Fonts that are there on most systems; a file has no others. */
const fontFamily = 'system-ui, "DejaVu Sans", "Liberation Sans", Arial, sans-serif';

/** Title and description come first, where screen readers and browsers look for them. */
export function draw({ title, description, legend, panels }: Drawing): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const top = headingHeight + legendHeight * legend.length;
  const height = top + panels.reduce((sum, panel) => sum + panel.height, 0);
  const svg = elementOf(document, {
    name: 'svg',
    attributes: { ...rootAttributes, viewBox: `0 0 ${width} ${height}`, width, height, 'font-family': fontFamily },
    within: [
      { name: 'title', attributes: { id: 'title' }, text: title },
      { name: 'desc', attributes: { id: 'description' }, text: description },
      { name: 'rect', attributes: { width: '100%', height: '100%', fill: ground } },
      { name: 'text', attributes: { x: 10, y: 22, 'font-size': 16, 'font-weight': 600, fill: ink }, text: title },
      ...legend.map((line, at) => ({
        name: 'text',
        attributes: { x: 10, y: 41 + at * legendHeight, 'font-size': 11, fill: quiet },
        text: line,
      })),
    ],
  });
  let y = top;
  for (const panel of panels) {
    svg.append(panelOf(document, panel, y));
    y += panel.height;
  }
  return svg.outerHTML;
}

const namespace = 'http://www.w3.org/2000/svg';
const rootAttributes = { xmlns: namespace, role: 'img', 'aria-labelledby': 'title description' };

/** Plot's own style sheet is for pages that show nothing else. */
function panelOf(document: Maker, panel: Panel, y: number): Drawn {
  const drawn: unknown = Plot.plot({ width, ...sideMargins, style: { color: ink }, ...panel, document });
  if (!isDrawn(drawn)) throw new Error('Cannot draw a panel: it is more than an SVG element.');
  for (const style of drawn.querySelectorAll('style')) style.remove();
  for (const name of ['class', 'font-family']) drawn.removeAttribute(name);
  drawn.setAttribute('y', String(y));
  return drawn;
}

/** As much of a document as is needed here: the types of browsers are not among this program's. */
interface Maker {
  createElementNS(space: string, name: string): Drawn;
}

interface Drawn {
  readonly outerHTML: string;
  textContent: string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  append(...elements: readonly Drawn[]): void;
  remove(): void;
  querySelectorAll(selector: string): Iterable<Drawn>;
}

function isDrawn(value: unknown): value is Drawn {
  return typeof value === 'object' && value !== null && 'outerHTML' in value && 'querySelectorAll' in value;
}

/** A mark that Plot has none for: one element with what is in it. */
export interface Shape {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly text?: string;
  readonly within?: readonly Shape[];
}

export function shapeMark(shape: Shape): Plot.Markish {
  return (_index, _scales, _values, _dimensions, { document }) => elementOf(document, shape);
}

function elementOf(document: Maker, { name, attributes, text, within = [] }: Shape): Drawn {
  const element = document.createElementNS(namespace, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
  if (text !== undefined) element.textContent = text;
  element.append(...within.map((shape) => elementOf(document, shape)));
  return element;
}
