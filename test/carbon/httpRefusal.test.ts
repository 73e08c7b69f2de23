import fc from 'fast-check';
import { retryAfterSeconds } from '../../activities/carbon/httpRefusal';
import { redact } from '../../activities/carbon/secret';

const now = new Date('2026-11-25T12:00:00Z');

describe('retryAfterSeconds', () => {
  it.each([
    ['0', 0],
    ['120', 120],
    ['Wed, 25 Nov 2026 12:02:00 GMT', 120],
    ['Wed, 25 Nov 2026 11:00:00 GMT', 0],
    ['Fri, 25 Nov 2129 12:00:00 GMT', 86_400],
    ['99999999999999999999', 86_400],
  ])('reads %s', (header, seconds) => {
    expect(retryAfterSeconds(header, now)).toBe(seconds);
  });

  it('takes no nonsense, and never more than a day', () => {
    for (const header of [null, '', '-5', '1.5', 'soon', '2026-11-25', 'Wed, soon GMT'])
      expect(retryAfterSeconds(header, now)).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), (header) => {
        const seconds = retryAfterSeconds(header, now) ?? 0;
        expect(seconds >= 0 && seconds <= 86_400).toBe(true);
      }),
    );
  });
});

describe('redact', () => {
  it('leaves no form of a secret in any sentence', () => {
    const secret = fc.string({
      minLength: 4,
      maxLength: 20,
      unit: fc.constantFrom('a', 'B', '3', '%', '/', '+', '=', '-', '_', ':', 'é'),
    });
    const encoded = fc.constantFrom(
      (text: string) => text,
      encodeURIComponent,
      (text: string) => Buffer.from(text).toString('base64'),
    );
    fc.assert(
      fc.property(fc.array(secret, { minLength: 1, maxLength: 3 }), encoded, fc.string(), (secrets, encode, noise) => {
        const said = secrets.map((one) => `${noise}${encode(one)}`).join(' ');
        const clean = redact(said, secrets);
        for (const one of secrets) expect(clean.replaceAll('[secret]', ' ')).not.toContain(encode(one));
      }),
    );
  });
});
