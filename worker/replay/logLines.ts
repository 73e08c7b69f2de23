/** Entries of a log as lines of an export, and back. */
import { z } from 'zod';
import type { Gpus, Observation } from '../../policy/facts';
import type { Override } from '../../policy/override';
import type { Decision } from '../../policy/policy';
import type { JobSpec } from '../../workflows/contracts';
import type { AskRequest, BanditInput, GiveUp } from '../../workflows/messages';
import { checkGiveUp, isAnySlot, isGpus } from '../../workflows/wellFormed';
import { exportedObservation } from '../exportFormat';
import type { LogEntry } from './log';

/** What is derived from the lines before it is left out, and so is the specification, which the header has. */
export function lineOf(entry: LogEntry): object {
  if (entry.type === 'begun') {
    const { spec: _spec, ...input } = entry.input;
    return { ...entry, input };
  }
  if (entry.type === 'decision') {
    const { memory: _memory, grid: _grid, ...line } = entry;
    return line;
  }
  if (entry.type === 'import') return { type: entry.type, observations: entry.observations };
  return entry;
}

/** Whether a run began with anything but a specification. */
export function beganEmpty({ memory, since, ledger, imported, orders }: BanditInput): boolean {
  return [memory, ledger, imported, orders].every((part) => part === undefined) && since.length === 0;
}

const text = z.string().max(500);
const texts = z.array(text);
const has = (value: unknown, ...keys: readonly string[]) =>
  typeof value === 'object' && value !== null && keys.every((key) => Object.hasOwn(value, key));
const passes = (check: (value: unknown) => void) => (value: unknown) => {
  try {
    check(value);
    return true;
  } catch {
    return false;
  }
};

/** Whoever writes an export knows the shape; this only keeps strangers out. */
const decision = z.custom<Decision>(
  (value) =>
    has(value, 'id', 'batchSize', 'objective', 'pace') && Array.isArray(Reflect.get(Object(value), 'considered')),
  'must be a decision',
);
const override = z.custom<Override>(
  (value) => has(value, 'id', 'order', 'who', 'setAt', 'expiresAt') && has(Reflect.get(Object(value), 'order'), 'kind'),
  'must be an override',
);
const begunWith = z.custom<Omit<BanditInput, 'spec'>>(isBeginning, 'must say what it began with');
const token = z.object({ jti: text, until: text }).optional();

/** Runs that others train have slots to the millisecond. */
function isAsk(value: unknown): boolean {
  if (!has(value, 'id', 'slot', 'attempt', 'gpus')) return false;
  return isAnySlot(Reflect.get(Object(value), 'slot')) && isGpus(Reflect.get(Object(value), 'gpus'));
}

function isBeginning(value: unknown): boolean {
  const part = (...path: readonly string[]) =>
    path.reduce<unknown>((of, key) => (has(of, key) ? Reflect.get(Object(of), key) : undefined), value);
  const lists = [
    part('since'),
    part('ledger', 'slots'),
    part('orders', 'overrides'),
    part('orders', 'ids'),
    part('imported'),
  ];
  const isList = (list: unknown) => list === undefined || (Array.isArray(list) && list.every((each) => each !== null));
  const isWhole = (name: string, ...keys: readonly string[]) => part(name) === undefined || has(part(name), ...keys);
  return (
    has(value, 'since') &&
    lists.every(isList) &&
    isWhole('ledger', 'slots', 'totals') &&
    isWhole('orders', 'overrides', 'ids', 'tokens', 'counts', 'refused')
  );
}

const isSound = (observation: Observation) => exportedObservation.safeParse(observation).success;

const logLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('begun'), input: begunWith }),
  z.object({
    type: z.literal('decision'),
    slot: text,
    at: text,
    decidedAt: text,
    request: z.custom<AskRequest>(isAsk, 'must be what was asked'),
    outside: z.object({ key: text.optional(), gpus: z.custom<Gpus>(isGpus) }).optional(),
    seed: z.int(),
    skipped: texts,
    decision,
    folds: z.literal(true).optional(),
    inFlight: z.array(z.int()).optional(),
    node: text.optional(),
  }),
  z
    .object({
      type: z.literal('observation'),
      toldAt: text,
      observation: z.custom<Observation>((value) => has(value, 'id', 'slot', 'attempt'), 'must be an observation'),
      quarantinedBecause: z.string().optional(),
      retry: z.literal(true).optional(),
    })
    // What was set aside may say anything.
    .refine(({ observation, quarantinedBecause: why }) => why !== undefined || isSound(observation), {
      message: 'must be numbers that can be true',
    }),
  z.object({ type: z.literal('giveUp'), slot: z.custom<GiveUp>(passes(checkGiveUp), 'must be a slot given up') }),
  z.object({ type: z.literal('import'), observations: z.array(exportedObservation) }),
  z.object({ type: z.literal('override'), override, token }),
  z.object({ type: z.literal('clear'), at: text, ids: texts, token }),
]);

/** @throws z.ZodError for a line that is no entry */
export function entryOf(line: unknown, spec: JobSpec): LogEntry {
  const entry = logLine.parse(line);
  return entry.type === 'begun' ? { ...entry, input: { ...entry.input, spec } } : entry;
}
