/** Who may do what: bearer tokens, each with a name, a role and, if need be, the jobs that it is for. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Role, mayAct } from '../activities/overrideRoles';
import { WattbanditError } from '../worker/errors';
import { Unauthenticated } from './problem';

export interface Caller {
  readonly name: string;
  readonly role: Role;
  /** Globs of job ids; every job unless given. */
  readonly jobs?: readonly string[];
}

export interface Token extends Caller {
  readonly token: string;
}

/** Undefined for somebody whom no token makes known. */
export type Admit = (authorization: string | undefined) => Caller | undefined;

/** Where only this computer can ask, whoever asks may do everything anyway. */
const anybody: Caller = { name: 'anonymous', role: 'admin' };

/** `null`: no tokens are wanted. */
export function createAdmit(tokens: readonly Token[] | null): Admit {
  if (tokens === null) return () => anybody;
  const known = tokens.map(({ token, ...caller }) => ({ caller, digest: digestOf(token) }));
  return (authorization) => {
    const given = digestOf(secretIn(authorization));
    // All are compared, so that time does not tell which one was nearly right.
    return known.filter(({ digest }) => timingSafeEqual(digest, given)).at(0)?.caller;
  };
}

/** Digests are of one length. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** `Bearer <token>`, or the password of `Basic`, which clients send that know nothing but a URL with a password in it. */
function secretIn(authorization = ''): string {
  const [, scheme = '', value = ''] = /^(bearer|basic) +(\S+)$/i.exec(authorization) ?? [];
  if (scheme.toLowerCase() !== 'basic') return value;
  const pair = Buffer.from(value, 'base64').toString();
  return pair.slice(pair.indexOf(':') + 1);
}

/** @throws Unauthenticated, or WattbanditError `notAllowed` */
export function requireRole(caller: Caller | undefined, required: Role): Caller {
  if (caller === undefined) throw new Unauthenticated();
  if (mayAct(caller.role, required)) return caller;
  throw new WattbanditError(
    'notAllowed',
    `Cannot let token ${caller.name} do this: it has role ${caller.role}, and it takes ${required}.`,
  );
}

/** A job that a token is not for is none to whoever holds it. @throws WattbanditError `notFound` */
export function requireJob(caller: Caller, job: string): void {
  if (!maySee(caller, job)) throw new WattbanditError('notFound', `Cannot find job ${job}.`);
}

export function maySee({ jobs }: Caller, job: string): boolean {
  return jobs === undefined || jobs.some((glob) => matches(glob, job));
}

/** `*` is any number of characters, everything else itself. */
function matches(glob: string, job: string): boolean {
  const literals = glob.split('*').map((literal) => literal.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literals.join('.*')}$`).test(job);
}
