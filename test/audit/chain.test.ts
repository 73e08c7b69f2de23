import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { canonicalJson, chainStart, chained, verifyChain } from '../../worker/audit/chain';
import { type AuditFile, auditText, readAudit } from '../../worker/audit/file';

const anyEntries = fc.array(fc.dictionary(fc.constantFrom('at', 'kind', 'who', 'x'), fc.jsonValue()), { maxLength: 8 });
const anyChain = anyEntries.map((entries) => chained({ format: 'f' }, entries, { through: 1 }));
const linesOf = (text: string) => text.split('\n').slice(0, -1);
const textOf = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
/** The line that is found wrong; undefined if none is. */
const brokenLine = (text: string) => {
  const verified = verifyChain(text);
  return verified.ok ? undefined : verified.line;
};
/** A chain, and places in it. */
const withLines = (use: (lines: string[], one: number, other: number) => void) =>
  fc.assert(
    fc.property(anyChain, fc.nat(), fc.nat(), (text, a, b) => {
      const lines = linesOf(text);
      use(lines, a % lines.length, b % lines.length);
    }),
  );

describe('canonicalJson', () => {
  it('does not depend on the order of keys, and means the same', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
  });
});

describe('verifyChain', () => {
  it('finds nothing wrong with what was written', () => {
    fc.assert(fc.property(anyChain, (text) => expect(verifyChain(text)).toMatchObject({ ok: true })));
  });

  it('finds the line of any changed character', () => {
    withLines((lines, at, where) => {
      const line = lines[at]!;
      const place = where % line.length;
      const changed = `${line.slice(0, place)}${line[place] === '7' ? '8' : '7'}${line.slice(place + 1)}`;
      // The header names the hash that it goes on from; all else of a line is covered by its own.
      expect(brokenLine(textOf(lines.with(at, changed)))).toBe(at + 1);
    });
  });

  it('finds where a line is missing', () => {
    withLines((lines, at) => {
      const broken = brokenLine(textOf(lines.toSpliced(at, 1)));
      expect(broken).toBe(at + 1);
    });
  });

  it('finds where lines were swapped', () => {
    withLines((lines, one, other) => {
      fc.pre(one !== other);
      const swapped = lines.with(one, lines[other]!).with(other, lines[one]!);
      expect(brokenLine(textOf(swapped))).toBe(Math.min(one, other) + 1);
    });
  });

  it('finds a line that is there twice', () => {
    withLines((lines, at) => {
      expect(brokenLine(textOf(lines.toSpliced(at, 0, lines[at]!)))).toBe(at + 2);
    });
  });

  it('finds that it was cut off, wherever', () => {
    fc.assert(
      fc.property(anyChain, fc.nat(), (text, n) => {
        const cut = text.slice(0, n % text.length);
        expect(verifyChain(cut).ok).toBe(false);
      }),
    );
  });

  it('finds what was added at the end', () => {
    withLines((lines) => {
      expect(verifyChain(textOf([...lines, '{}']))).toEqual({
        ok: false,
        line: lines.length + 1,
        why: 'it comes after the seal',
      });
    });
  });

  it.each([
    ['it or its hash was changed', (lines: string[]) => lines.with(2, lines[2]!.replace('"x":2', '"x":3'))],
    ['lines are missing before it', (lines: string[]) => lines.toSpliced(2, 1)],
    ['it was moved, or is here twice', (lines: string[]) => lines.toSpliced(2, 0, lines[1]!)],
    ['it is no line of an audit', (lines: string[]) => lines.with(2, 'x')],
  ])('says that %s', (why, harm) => {
    const text = chained({}, [{ x: 1 }, { x: 2 }, { x: 3 }], {});
    expect(verifyChain(textOf(harm(linesOf(text))))).toMatchObject({
      ok: false,
      line: 3,
      why: expect.stringContaining(why),
    });
  });

  it('needs nothing but SHA-256 to be done by others', () => {
    let previous = chainStart;
    for (const line of linesOf(chained({}, [{ x: 1 }, { x: 2 }], {}))) {
      const [body, hash] = line.split(',"hash":"');
      previous = createHash('sha256').update(`${previous}\n${body}}`).digest('hex');
      expect(hash).toBe(`${previous}"}`);
    }
  });
});

describe('readAudit', () => {
  const audit = { found: true, entries: [], readTo: { 'run-1': 7 }, missing: [] };
  const write = (earlier?: AuditFile) =>
    Buffer.from(auditText({ job: 'retrain', exportedAt: '2026-03-01T00:00:00.000Z', audit, earlier }));

  it('reads how far the histories were read, and goes on with the chain', () => {
    const first = readAudit(write());
    expect(first).toMatchObject({
      ok: true,
      file: { job: 'retrain', entries: 0, readTo: { 'run-1': 7 }, previous: chainStart },
    });
    if (!first.ok) return;
    expect(readAudit(write(first.file))).toMatchObject({ ok: true, file: { previous: first.file.hash } });
  });

  it('holds no token, wherever somebody put it', () => {
    const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl';
    const source = { workflowId: 'w', runId: 'r', eventId: 1 };
    const entry = { at: '', kind: 'override', who: null, signed: false, reason: `see ${token}!`, source };
    const text = auditText({ job: 'retrain', exportedAt: '', audit: { ...audit, entries: [entry] } });
    expect(text).toContain('"reason":"see a token, left out!"');
    expect(readAudit(Buffer.from(text))).toMatchObject({ ok: true });
  });

  it('finds bytes that are no text, a mark before the first line, and the header of another format', () => {
    const bytes = write();
    const second = bytes.indexOf('\n') + 4;
    expect(readAudit(Buffer.concat([bytes.subarray(0, second), Buffer.from([0xff]), bytes.subarray(second)]))).toEqual({
      ok: false,
      line: 2,
      why: 'it is not text in UTF-8',
    });
    expect(readAudit(Buffer.concat([Buffer.from('\ufeff'), bytes]))).toMatchObject({ ok: false, line: 1 });
    expect(readAudit(Buffer.from(chained({ format: 'other' }, [], {})))).toMatchObject({ ok: false, line: 1 });
  });
});
