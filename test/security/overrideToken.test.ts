import { SignJWT, UnsecuredJWT, exportSPKI, generateKeyPair, importJWK } from 'jose';
import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { roles } from '../../activities/overrideRoles';
import { type OverrideRequest, createTokenVerifier } from '../../activities/overrideToken';
import { sealToken } from '../../activities/sealedToken';
import {
  type Signer,
  createSealKeys,
  createSigner,
  keySetFile,
  overrideClaims,
  tokenIssuedAt,
} from '../support/tokens';

const request: OverrideRequest = { job: 'cifar100', kind: 'eta', value: { eta: 0.7, seconds: 3600 } };
const clockAt = (seconds: number) => () => new Date(tokenIssuedAt.getTime() + seconds * 1000);

let edward: Signer;
let elliptic: Signer;
let rivest: Signer;
let stranger: Signer;
let file: string;
beforeAll(async () => {
  [edward, elliptic, rivest, stranger] = await Promise.all([
    createSigner('EdDSA', 'ed'),
    createSigner('ES256', 'es'),
    createSigner('RS256', 'rs'),
    createSigner('EdDSA', 'ed'),
  ]);
  file = keySetFile(edward, elliptic, rivest);
});

const verify = (token: string, changes: Partial<OverrideRequest> = {}, seconds = 60) =>
  createTokenVerifier({ jwks: { file }, clock: clockAt(seconds) })(token, { ...request, ...changes });

describe('createTokenVerifier', () => {
  it('says who, in which role and why, and until when the token must be remembered', async () => {
    for (const signer of [edward, elliptic, rivest]) {
      const verdict = await verify(await signer.sign(overrideClaims()));
      expect(verdict).toEqual({
        ok: true,
        who: 'ada',
        role: 'operator',
        jti: 'b1946ac9',
        reason: 'the deadline is near',
        expiresAt: '2026-03-01T12:15:30.000Z',
      });
      expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
    }
  });

  it('opens what was sealed for any of its keys, and nothing that was not', async () => {
    const [old, current, other] = [createSealKeys(), createSealKeys(), createSealKeys()];
    const sealKeys = [current.privateKey, old.privateKey];
    const opening = createTokenVerifier({ jwks: { file }, sealKeys, clock: clockAt(60) });
    const token = await elliptic.sign(overrideClaims());
    for (const { publicKey } of [old, current]) {
      const sealed = await sealToken(token, publicKey);
      expect(Buffer.from(sealed, 'base64url').toString('latin1') + sealed).not.toContain(token.split('.')[2]);
      expect(await opening(sealed, request)).toMatchObject({ ok: true, who: 'ada' });
      expect(await verify(sealed)).toMatchObject({ ok: false, why: 'sealed', who: null });
      expect(await opening(`${sealed.slice(0, -8)}AAAAAAAA`, request)).toMatchObject({ ok: false, why: 'sealed' });
    }
    expect(await opening(await sealToken(token, other.publicKey), request)).toMatchObject({ ok: false, why: 'sealed' });
    const forged = await stranger.sign(overrideClaims());
    expect(await opening(await sealToken(forged, old.publicKey), request)).toMatchObject({ why: 'signature' });
  });

  it.each<[why: string, claims: object, request: Partial<OverrideRequest>]>([
    ['job', { job: 'imagenet' }, {}],
    ['job', {}, { job: 'imagenet' }],
    ['kind', { kind: 'resume' }, {}],
    ['kind', {}, { kind: 'freeze' }],
    ['value', {}, { value: { eta: 0.71, seconds: 3600 } }],
    ['value', {}, { value: { eta: 0.7, seconds: 7200 } }],
    ['value', {}, { value: { eta: 0.7 } }],
    ['value', {}, { value: null }],
    ['role', { role: 'viewer' }, {}],
    ['role', { kind: 'pinPowerLimit', value: { watts: 150 } }, { kind: 'pinPowerLimit', value: { watts: 150 } }],
    ['role', { role: 'power', kind: 'import', value: {} }, { kind: 'import', value: {} }],
    ['claims', { role: 'root' }, {}],
    ['claims', { role: ['admin'] }, {}],
    ['claims', { kind: 'reboot' }, { kind: 'reboot' }],
    ['claims', { kind: 'constructor' }, { kind: 'constructor' }],
    ['claims', { jti: '' }, {}],
    ['claims', { reason: '' }, {}],
    ['claims', { jti: 7 }, {}],
  ])('refuses by %s a token with %j for %j, and says whose it is', async (why, claims, changes) => {
    const verdict = await verify(await edward.sign(overrideClaims(claims)), changes);
    expect(verdict).toMatchObject({ ok: false, why, who: 'ada' });
  });

  it.each(Object.keys(overrideClaims()))('refuses a token without %s', async (claim) => {
    const verdict = await verify(await edward.sign(overrideClaims({ [claim]: undefined })));
    expect(verdict).toMatchObject({ ok: false, why: 'claims', who: claim === 'sub' ? null : 'ada' });
  });

  it.each<[why: string | undefined, what: string, claims: object, seconds: number]>([
    [undefined, 'just before it expires', {}, 899],
    [undefined, 'within what clocks may differ', {}, 929],
    ['expired', 'after that', {}, 930],
    [undefined, 'issued a little in the future', {}, -30],
    ['notYetValid', 'issued later than that', {}, -31],
    ['notYetValid', 'valid from tomorrow on', { nbf: tokenIssuedAt.getTime() / 1000 + 86_400 }, 60],
    ['expired', 'a day old, whatever it says of its end', { exp: tokenIssuedAt.getTime() }, 86_431],
    ['claims', 'whose end is no number', { exp: 'never' }, 60],
  ])('answers %s to a token %s', async (why, _what, claims, seconds) => {
    const verdict = await verify(await edward.sign(overrideClaims(claims)), {}, seconds);
    expect(verdict).toMatchObject(why === undefined ? { ok: true } : { ok: false, why, who: 'ada' });
  });

  it('never outlives a day, also if a token says that it ends never', async () => {
    const token = edward.sign(overrideClaims({ exp: 1e300 }));
    expect(await verify(await token)).toMatchObject({ ok: true, expiresAt: '2026-03-02T12:00:30.000Z' });
  });

  it('refuses what is unsigned, signed by a shared secret, by an algorithm not allowed, or by a key of no one', async () => {
    const claims = { ...overrideClaims() };
    const publicKey = await importJWK(rivest.jwk, 'RS256');
    if (publicKey instanceof Uint8Array) throw new Error('an RSA key is no bytes');
    const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid: 'rs' })).toString('base64url');
    const body = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
    const withPublicKey = createHmac('sha256', await exportSPKI(publicKey)).update(body);
    const withLongKey = await createSigner('PS256', 'rs');
    const { privateKey } = await generateKeyPair('ES256');
    const withoutKid = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(privateKey);
    const refused = [
      ['algorithm', new UnsecuredJWT(claims).encode().replace(/^[^.]+/, base64url({ alg: 'none', kid: 'ed' }))],
      ['algorithm', `${body}.${withPublicKey.digest('base64url')}`],
      ['algorithm', await withLongKey.sign(claims)],
      ['signature', await stranger.sign(claims)],
      ['signature', withoutKid],
      ['key', await (await createSigner('EdDSA', 'unheard of')).sign(claims)],
    ] as const;
    for (const [why, token] of refused) expect(await verify(token)).toMatchObject({ ok: false, why, who: null });
  });

  it('refuses a token in which anything was changed', async () => {
    const token = await edward.sign(overrideClaims());
    const parts = token.split('.');
    const raised = base64url(overrideClaims({ role: 'admin' }));
    expect(await verify([parts[0], raised, parts[2]].join('.'))).toMatchObject({ ok: false, who: null });
    const letters = Array.from('AQgwz05_-.');
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...letters), async (at, letter) => {
        fc.pre(token[at] !== letter);
        const { ok } = await verify(token.slice(0, at) + letter + token.slice(at + 1));
        // Half the bits of the very last letter are padding.
        expect({ at, ok: ok && at < token.length - 1 }).toEqual({ at, ok: false });
      }),
    );
  });

  it('answers anything at all with a verdict that repeats nothing of it', async () => {
    const deep = await edward.sign(overrideClaims({ value: { eta: JSON.parse('['.repeat(2000) + ']'.repeat(2000)) } }));
    const hostile = ['', '.', '..', '...', 'canary', 'canary.canary.canary', 'a'.repeat(1e6), deep];
    for (const token of hostile) {
      const verdict = await verify(token);
      expect(verdict.ok).toBe(false);
      expect(JSON.stringify(verdict)).not.toContain('canary');
    }
  });

  it('holds the token to issuer and audience where they are configured', async () => {
    const check = createTokenVerifier({
      jwks: { file },
      issuer: 'https://id.example',
      audience: 'wattbandit',
      clock: clockAt(60),
    });
    const why = async (claims: object) => {
      const verdict = await check(await edward.sign(overrideClaims(claims)), request);
      return verdict.ok ? 'accepted' : verdict.why;
    };
    const both = { iss: 'https://id.example', aud: ['wattbandit', 'grafana'] };
    expect(await why(both)).toBe('accepted');
    expect(await why({ ...both, iss: 'https://id.example.evil' })).toBe('issuer');
    expect(await why({ aud: 'wattbandit' })).toBe('issuer');
    expect(await why({ ...both, aud: 'grafana' })).toBe('audience');
    expect(await why({ iss: both.iss })).toBe('audience');
  });

  it('takes a new key at once and an old one no longer', async () => {
    const turning = keySetFile(edward);
    const check = createTokenVerifier({ jwks: { file: turning }, clock: clockAt(60) });
    const byEdward = await edward.sign(overrideClaims());
    expect(await check(byEdward, request)).toMatchObject({ ok: true });
    writeFileSync(turning, JSON.stringify({ keys: [elliptic.jwk] }));
    expect(await check(byEdward, request)).toMatchObject({ ok: false, why: 'key' });
    expect(await check(await elliptic.sign(overrideClaims()), request)).toMatchObject({ ok: true });
  });

  it.each<[kind: string, value: object, least: string]>([
    ['eta', { eta: 1 }, 'operator'],
    ['pinBatchSize', { batchSize: 64 }, 'operator'],
    ['banBatchSize', { batchSize: 64 }, 'operator'],
    ['pauseLearning', {}, 'operator'],
    ['pauseTuning', {}, 'operator'],
    ['resume', {}, 'operator'],
    ['freeze', { seconds: 86_400 }, 'operator'],
    ['freeze', { seconds: 86_401 }, 'admin'],
    ['freeze', {}, 'admin'],
    ['freeze', { seconds: -1 }, 'admin'],
    ['freeze', { seconds: '60' }, 'admin'],
    ['pinPowerLimit', { watts: 150 }, 'power'],
    ['powerBound', { maxWatts: 150 }, 'power'],
    ['slowDownBound', { ratio: 1.2 }, 'power'],
    ['trust', { level: 'shadow' }, 'operator'],
    ['trust', { level: 'power' }, 'power'],
    ['trust', { level: 'full' }, 'power'],
    ['import', {}, 'admin'],
  ])('lets %s of %j be said by %s and whoever may more', async (kind, value, least) => {
    const allowed: string[] = [];
    for (const role of roles) {
      const { ok } = await verify(await edward.sign(overrideClaims({ role, kind, value })), { kind, value });
      if (ok) allowed.push(role);
    }
    expect(allowed).toEqual(roles.slice(roles.findIndex((role) => role === least)));
  });
});

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
