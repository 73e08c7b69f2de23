/** Text of people and programs inside Markdown that Temporal's UI renders: shown as it is, on one line. */

const meaningful = /[\\`*_{}[\]<>|~#]/g;

export function literal(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(meaningful, (character) => `\\${character}`);
}
