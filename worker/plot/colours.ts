/**
 * Colours of pictures: those of Okabe and Ito (2008), which colour-blind people tell apart; green and purple are darker on white, so
 * that labels in them can be read (WCAG 1.4.3 and 1.4.11). A drawing names CSS variables, so that a page can be dark; a file has the light ones.
 */

interface Shades {
  readonly light: string;
  readonly dark: string;
}

const shades = {
  ground: { light: '#ffffff', dark: '#16181b' },
  ink: { light: '#1b1b1b', dark: '#e8e8e8' },
  quiet: { light: '#555555', dark: '#a9adb3' },
  faint: { light: '#d5d5d5', dark: '#3b3f45' },
  stale: { light: '#8a8a8a', dark: '#85898f' },
  blue: { light: '#0072b2', dark: '#56b4e9' },
  vermillion: { light: '#d55e00', dark: '#e69f00' },
  green: { light: '#007f5f', dark: '#009e73' },
  purple: { light: '#a8487f', dark: '#cc79a7' },
} as const satisfies Readonly<Record<string, Shades>>;

type Shade = keyof typeof shades;

export const ground = variable('ground');
export const ink = variable('ink');
export const quiet = variable('quiet');
export const faint = variable('faint');
export const stale = variable('stale');
export const accent = variable('vermillion');

/** For things of a kind, in their order. Vermillion is kept for what stands out. */
const series = [variable('blue'), variable('green'), variable('purple'), ink] as const;

/** After the last one comes the first again: something else must tell them apart, too. */
export function seriesColour(index: number): string {
  return series[index % series.length] ?? ink;
}

function variable(name: Shade): string {
  return `var(--${name}, ${shades[name].light})`;
}

/** Declarations of all variables. */
export function declarations(mode: keyof Shades): string {
  return Object.entries(shades)
    .map(([name, shade]) => `--${name}: ${shade[mode]};`)
    .join(' ');
}

/** For programs that know no CSS variables. */
export function withoutVariables(svg: string): string {
  return svg.replace(/var\(--\w+, (#\w+)\)/g, '$1');
}
