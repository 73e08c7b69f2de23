import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import fc from 'fast-check';
import { createDecipheriv, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { workerConfigSchema } from '../../worker/config';
import { type EncryptionConfig, readEncryptionFile } from '../../worker/encryption/config';
import { dataConverterFor, failureConverterPath } from '../../worker/encryption/dataConverter';
import { loadKeys } from '../../worker/encryption/keys';
import { readYamlFile } from '../../worker/yamlFile';
import { testKeys } from '../support/encryption';

const both = testKeys('k2', 'k1');
const [newer, older] = both.config.keys;

async function codecFor(config?: EncryptionConfig) {
  const [codec] = (await dataConverterFor(config)).payloadCodecs ?? [];
  if (codec === undefined) throw new Error('no codec');
  return codec;
}

const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const valueIn = (payload: Payload | undefined): unknown => defaultPayloadConverter.fromPayload(payload!);
const read = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString();

async function sealed(value: unknown, config: EncryptionConfig = both.config): Promise<Payload> {
  const [payload] = await (await codecFor(config)).encode([payloadOf(value)]);
  return payload!;
}

async function opened(payload: Payload, config?: EncryptionConfig): Promise<unknown> {
  const [plain] = await (await codecFor(config)).decode([payload]);
  return valueIn(plain);
}

describe('dataConverterFor', () => {
  it('brings back whatever was encrypted, in its order, and never writes the same twice', async () => {
    const codec = await codecFor(both.config);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 5 }), async (values) => {
        const payloads = values.map(payloadOf);
        const [once, twice] = [await codec.encode(payloads), await codec.encode(payloads)];
        expect((await codec.decode(once)).map(valueIn)).toEqual(values.map((value) => valueIn(payloadOf(value))));
        expect(new Set([...once, ...twice].map(({ data }) => read(data))).size).toBe(2 * values.length);
      }),
    );
  });

  it('brings back payloads of every kind: bytes, nothing, and those without data or metadata', async () => {
    const codec = await codecFor(both.config);
    const bytes = new Uint8Array([0, 255, 10]);
    const kinds: Payload[] = [
      payloadOf(bytes),
      payloadOf(undefined),
      {},
      { metadata: { note: bytes } },
      { data: bytes },
    ];
    const back = await codec.decode(await codec.encode(kinds));
    const plain = ({ metadata, data }: Payload) => ({
      metadata: Object.entries(metadata ?? {}).map(([key, value]) => [key, Buffer.from(value).toString('hex')]),
      data: Buffer.from(data ?? []).toString('hex'),
    });
    expect(back.map(plain)).toEqual(kinds.map(plain));
  });

  it('shows nothing but the id of the key', async () => {
    const payload = await sealed({ command: 'canary' });
    expect(Object.entries(payload.metadata ?? {}).map(([key, value]) => [key, read(value)])).toEqual([
      ['encoding', 'binary/encrypted'],
      ['encryption-key-id', 'k2'],
    ]);
    expect(read(payload.data)).not.toContain('canary');
    expect(read(payload.data)).not.toContain('json/plain');
  });

  it("uses the envelope of Temporal's samples: nonce, Temporal's own message encrypted, tag", async () => {
    const data = Buffer.from((await sealed({ command: 'train' })).data!);
    const key = Buffer.from(both.secrets[0]!, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, 12)).setAuthTag(data.subarray(-16));
    const message = Buffer.concat([decipher.update(data.subarray(12, -16)), decipher.final()]);
    expect(valueIn(temporal.api.common.v1.Payload.decode(message))).toEqual({ command: 'train' });
  });

  it('decrypts what any known key encrypted, and encrypts with the first one: keys can be changed under way', async () => {
    const before: EncryptionConfig = { keys: [older!] };
    const announced: EncryptionConfig = { keys: [older!, newer!] };
    const old = await sealed('of old', before);
    const fresh = await sealed('fresh');
    expect(read(old.metadata?.['encryption-key-id'])).toBe('k1');
    expect(await opened(old, both.config)).toBe('of old');
    expect(await opened(fresh, announced)).toBe('fresh');
    await expect(opened(fresh, before)).rejects.toThrow(
      'Cannot decrypt a payload: it was encrypted with key "k2", known here: k1; add it to encryption.keys.',
    );
  });

  it('lets pass what was never encrypted', async () => {
    expect(await opened(payloadOf({ from: 'before' }), both.config)).toEqual({ from: 'before' });
    expect(await opened(payloadOf({ from: 'before' }))).toEqual({ from: 'before' });
  });

  it('without keys encrypts nothing, and says what is missing where something is encrypted', async () => {
    const converter = await dataConverterFor();
    expect(await converter.payloadCodecs![0]!.encode([payloadOf('plain')])).toEqual([payloadOf('plain')]);
    expect(converter.failureConverterPath).toBeUndefined();
    await expect(opened(await sealed('x'))).rejects.toMatchObject({
      remedy: 'invalid',
      message: expect.stringContaining('--encryption or WATTBANDIT_ENCRYPTION'),
    });
  });

  it('refuses a payload in which any byte was changed, added or left out', async () => {
    const payload = await sealed({ command: 'train' });
    const whole = Buffer.from(payload.data!);
    const tampered = Array.from(whole, (byte, at) => {
      const copy = Buffer.from(whole);
      copy[at] = byte ^ (1 << (at % 8));
      return copy;
    });
    const cut = Array.from(whole, (_byte, length) => whole.subarray(0, length));
    for (const data of [...tampered, ...cut, Buffer.concat([whole, Buffer.of(0)])]) {
      await expect(opened({ ...payload, data }, both.config)).rejects.toMatchObject({ remedy: 'invalid' });
    }
    const relabelled = { ...payload, metadata: { ...payload.metadata, 'encryption-key-id': Buffer.from('k1') } };
    await expect(opened(relabelled, both.config)).rejects.toThrow(
      'Cannot decrypt a payload with key k1: it was changed',
    );
  });

  it('keeps a hostile key id of a payload short in what it says', async () => {
    const payload = await sealed('x');
    const metadata = { ...payload.metadata, 'encryption-key-id': Buffer.from('\u001b[2J\n'.repeat(10_000)) };
    const error: unknown = await opened({ ...payload, metadata }, both.config).catch((caught) => caught);
    expect(String(error).length).toBeLessThan(1000);
    // oxlint-disable-next-line no-control-regex -- none of these may be there
    expect(String(error)).not.toMatch(/[\u0000-\u001f]/);
  });

  it('encodes messages and stacks of failures, also in the sandbox', async () => {
    const { failureConverter } = await import(failureConverterPath);
    const failure = failureConverter.errorToFailure(new Error('canary'), defaultPayloadConverter);
    expect(failure).toMatchObject({ message: 'Encoded failure', stackTrace: '' });
    expect(failureConverter.failureToError(failure, defaultPayloadConverter).message).toBe('canary');
  });
});

describe('loadKeys', () => {
  const good = randomBytes(32).toString('base64');
  const named = (text: string | undefined) => {
    if (text === undefined) delete process.env['WATTBANDIT_TEST_KEY'];
    else process.env['WATTBANDIT_TEST_KEY'] = text;
    return loadKeys({ keys: [{ id: 'k7', key: { env: 'WATTBANDIT_TEST_KEY' } }] });
  };
  afterAll(() => delete process.env['WATTBANDIT_TEST_KEY']);

  it('takes a key from the environment, and shows it to nobody', async () => {
    const keys = await named(` ${good}\n`);
    expect(keys).toHaveLength(1);
    expect(inspect(keys, { depth: null, showHidden: true }) + JSON.stringify(keys)).not.toContain(good.slice(0, 8));
  });

  it.each([
    ['31 bytes', randomBytes(31).toString('base64')],
    ['33 bytes', randomBytes(33).toString('base64')],
    ['hexadecimal digits', randomBytes(32).toString('hex')],
    ['base64 for URLs', randomBytes(32).toString('base64url')],
    ['one letter less', good.slice(1)],
    ['a second line', `${good}\n${good}`],
  ])('refuses %s by the id of the key, without the key', async (_what, text) => {
    const error: unknown = await named(text).catch((caught) => caught);
    expect(error).toMatchObject({
      remedy: 'invalid',
      message: expect.stringContaining('Cannot use encryption key k7 from environment variable WATTBANDIT_TEST_KEY: '),
    });
    expect(inspect(error, { depth: null })).not.toContain(text.slice(0, 8));
  });

  it('says where a key is missing', async () => {
    await expect(named(undefined)).rejects.toThrow('WATTBANDIT_TEST_KEY: nothing is there.');
    await expect(named('  ')).rejects.toThrow('WATTBANDIT_TEST_KEY: nothing is there.');
    const file = join(tmpdir(), 'no', 'such', 'key');
    await expect(loadKeys({ keys: [{ id: 'k7', key: { file } }] })).rejects.toThrow(
      `Cannot use encryption key k7 from file ${file}: it cannot be read (ENOENT)`,
    );
  });
});

describe('readEncryptionFile', () => {
  const fileWith = (text: string) => {
    const file = join(mkdtempSync(join(tmpdir(), 'wattbandit-encryption-')), 'encryption.yaml');
    writeFileSync(file, text);
    return file;
  };

  it('takes a file with keys alone, and the configuration of a worker', async () => {
    const worker = 'hardware: { kind: simulated, gpu: v100 }\nencryption: { keys: [{ id: k1, key: { env: KEY } }] }\n';
    const keys = [{ id: 'k1', key: { env: 'KEY' } }];
    expect(await readEncryptionFile(fileWith(`version: 1\n${worker}`))).toEqual({ keys });
    expect(await readEncryptionFile(both.file)).toEqual(both.config);
  });

  const pasted = randomBytes(32).toString('base64');

  it.each([
    ['no keys', 'encryption: { keys: [] }'],
    ['a key itself', `encryption: { keys: [{ id: k1, key: ${pasted} }] }`],
    ['a key itself as a map', `encryption: { keys: [{ id: k1, key: { value: ${pasted} } }] }`],
    ['a key itself as an id', `encryption: { keys: [{ id: ${pasted}, key: { env: A } }] }`],
    ['a list of keys themselves', `encryption: { keys: [${pasted}] }`],
    ['a key itself and a slip', `encryption: { keys: [{ id: k1, key: "${pasted} }] }`],
    ['two places', 'encryption: { keys: [{ id: k1, key: { env: A, file: B } }] }'],
    ['two keys of one id', 'encryption: { keys: [{ id: k1, key: { env: A } }, { id: k1, key: { env: B } }] }'],
    ['a misspelt word', 'encryption: { key: [] }'],
    ['no such section', 'encription: { keys: [{ id: k1, key: { env: A } }] }'],
  ])('refuses %s, as the configuration of a worker does, and repeats no key', async (_what, section) => {
    const worker = `version: 1\nhardware: { kind: simulated, gpu: v100 }\n${section}\n`;
    const readings = [
      () => readEncryptionFile(fileWith(section)),
      () => readYamlFile(fileWith(worker), workerConfigSchema),
    ];
    for (const reading of readings) {
      const error: unknown = await reading().catch((caught) => caught);
      expect(error).toMatchObject({ remedy: 'invalid' });
      expect(inspect(error, { depth: null })).not.toContain(pasted.slice(1, 12));
    }
  });
});
