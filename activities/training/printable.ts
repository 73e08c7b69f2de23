/** Words of a program, made fit for a log line: no colours, no control characters, no line ends, no half characters. */
import { stripVTControlCharacters } from 'node:util';

export function printable(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}
