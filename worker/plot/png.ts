/** An SVG picture as PNG, by resvg, which is there where npm could install it. */
import { WattbanditError } from '../errors';

/** Twice the size, for screens that show finer dots. */
const zoom = 2;

/** With the fonts of this system. @throws WattbanditError `unavailable` without the renderer */
export async function pngOf(svg: string): Promise<Buffer> {
  const { Resvg } = await import('@resvg/resvg-js').catch((cause: unknown) => {
    throw new WattbanditError(
      'unavailable',
      'Cannot draw a PNG: @resvg/resvg-js, an optional dependency, is not installed; draw .svg or .html instead.',
      { cause },
    );
  });
  const font = { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' };
  return new Resvg(svg, { fitTo: { mode: 'zoom', value: zoom }, font }).render().asPng();
}
