/** HTML out of data: whatever stands in a value is text, never markup. */

/** Put in as it is; all else is escaped. */
export interface Markup {
  readonly html: string;
}

type Value = string | number | Markup | readonly Markup[];

/** A template in which every value is escaped. */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const text = (value: Value | undefined): string => {
    if (value === undefined) return '';
    if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
    return 'html' in value ? value.html : value.map(({ html }) => html).join('\n');
  };
  return { html: parts.map((part, at) => part + text(values[at])).join('') };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Also characters that no page may contain, and those that turn the direction of writing. */
export function escaped(text: string): string {
  return (
    text
      .replace(/[&<>"'`]/g, (character) => entities[character] ?? '')
      // oxlint-disable-next-line no-control-regex -- these are what is replaced
      .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
  );
}
