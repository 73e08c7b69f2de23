/** Values of options and arguments, checked as they are read: a bad one is a usage error. */
import { InvalidArgumentError } from 'commander';
import ms from 'ms';
import type { PerJob } from '../../simulation/traceJobs';
import { slotAt } from '../../workflows/messages';
import { buildIdPattern, deploymentNamePattern, ipAndPortPattern } from '../config';
import type { SecretReference } from '../encryption/secret';

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('It must be a whole number above 0.');
}

export function finiteNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('It must be a number.');
}

export function positiveNumber(text: string): number {
  const value = finiteNumber(text);
  if (value > 0) return value;
  throw new InvalidArgumentError('It must be a number above 0.');
}

export function ratio(text: string): number {
  const value = finiteNumber(text);
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('It must be a number from 0 to 1.');
}

/** 0 for a free one. */
export function port(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 65_535) return value;
  throw new InvalidArgumentError('It must be a port, from 0 to 65535.');
}

export function ipAndPort(text: string): string {
  if (ipAndPortPattern.test(text)) return text;
  throw new InvalidArgumentError('It must be an IP address and a port, as 127.0.0.1:9464.');
}

export function deploymentName(text: string): string {
  if (deploymentNamePattern.test(text)) return text;
  throw new InvalidArgumentError('It must be letters, digits, dashes or underscores.');
}

export function buildId(text: string): string {
  if (buildIdPattern.test(text)) return text;
  throw new InvalidArgumentError('It must be letters, digits, dots, dashes or underscores.');
}

export function secretReference(text: string): SecretReference {
  const [, kind, place = ''] = /^(env|file):(.+)$/.exec(text) ?? [];
  if (kind !== undefined) return kind === 'env' ? { env: place } : { file: place };
  throw new InvalidArgumentError('It must be env:NAME or file:path; a secret itself would be seen in process lists.');
}

/** Values between commas, each once. */
export function list(text: string): readonly string[] {
  const values = text
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
  if (values.length > 0) return [...new Set(values)];
  throw new InvalidArgumentError('It must name at least one.');
}

/** A slot, written in any way that names an instant. */
export function slot(text: string): string {
  const at = new Date(text);
  if (/^\d{4}-\d\d/.test(text) && !Number.isNaN(at.getTime())) return slotAt(at);
  throw new InvalidArgumentError('It must be an instant, as 2021-07-01T05:00:00Z.');
}

/** An instant of a calendar: a day begins in UTC, and a time needs its zone, for a report must be the same everywhere. */
export function instant(text: string): string {
  const at = new Date(text);
  const isClear = /^\d{4}-\d\d(-\d\d)?$/.test(text) || /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text);
  if (isClear && !Number.isNaN(at.getTime())) return at.toISOString();
  throw new InvalidArgumentError('It must be a day, as 2026-11-01, or an instant, as 2026-11-01T05:00:00Z.');
}

/** A duration, in seconds. */
export function seconds(text: string): number {
  const value = text === '' || /^[\d.]+$/.test(text) ? Number(text) : durationSeconds(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('It must be a duration, as 90s, 10m or 2h.');
}

/** `ms` types what it parses more narrowly than what it takes. */
function durationSeconds(text: string): number {
  const parse: (text: string) => unknown = ms;
  const milliseconds = parse(text);
  return typeof milliseconds === 'number' ? milliseconds / 1000 : Number.NaN;
}

/** One value for all jobs, or one for each job named: `0.6`, `cifar100=0.6`. */
export function perJob(text: string, earlier: PerJob | undefined): PerJob {
  const [job = '', value] = text.split('=');
  if (value === undefined && earlier === undefined) return finiteNumber(text);
  if (value === undefined || typeof earlier === 'number')
    throw new InvalidArgumentError('Give one value for all jobs, or job=value for each.');
  return { ...earlier, [job]: finiteNumber(value) };
}
