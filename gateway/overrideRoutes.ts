/** `/v1/jobs/{job}/overrides`: the operator's word over the policy's. */
import { z } from 'zod';
import { roleFor } from '../activities/overrideRoles';
import type { Override } from '../policy/override';
import type { ClearRequest, OverrideRequest } from '../workflows/messages';
import { activeAt, inOrder } from '../policy/override';
import { durationSeconds } from '../workflows/contracts';
import { type Caller, requireRole } from './access';
import { type GatewayApp, callerOf } from './app';
import { type TokenCover, coveredToken } from '../worker/coveredToken';
import type { Backend } from './backend';
import { order } from './orders';
import * as shapes from './shapes';

const override = z.object({
  id: z.string(),
  order: z.looseObject({ kind: z.string() }),
  reason: z.string(),
  who: z.string(),
  signed: z.boolean(),
  setAt: z.string(),
  expiresAt: z.string().optional(),
});
const refused = z.object({ at: z.string(), order: z.string(), who: z.string().optional(), why: z.string() });
const state = z.enum(['holding', 'waiting']);
const token = z.string().min(1).max(8192);
const reason = z.string().min(1).max(500);
const request = z.strictObject({
  order,
  reason,
  for: durationSeconds.optional(),
  id: z.string().min(1).max(200).optional(),
  token: token.optional(),
});
const clearing = {
  headers: z.object({ 'override-token': token.optional() }),
  querystring: z.strictObject({ reason }),
  response: { 200: z.object({ cleared: z.array(z.string()) }) },
};

export function addOverrideRoutes(app: GatewayApp, { jobs }: Backend, cover: TokenCover): void {
  app.route({
    method: 'GET',
    url: '/v1/jobs/:job/overrides',
    config: { role: 'viewer' },
    schema: {
      summary: 'What holds, what waits behind something newer, what was refused lately',
      params: shapes.jobParams,
      response: { 200: z.object({ overrides: z.array(override.extend({ state })), refused: z.array(refused) }) },
    },
    handler: async ({ params: { job } }) => {
      const book = await jobs.overrides(job);
      return {
        overrides: standing(book.overrides),
        refused: book.refused.map(({ who, ...rest }) => ({ ...rest, ...(who === null ? {} : { who }) })),
      };
    },
  });
  app.route({
    method: 'POST',
    url: '/v1/jobs/:job/overrides',
    config: { role: 'operator' },
    schema: {
      summary: 'Override one thing; the newest of its kind wins',
      params: shapes.jobParams,
      headers: shapes.keyHeaders,
      body: request,
      response: {
        200: z.object({ result: z.literal('known'), id: z.string() }),
        201: z.object({ result: z.literal('applied'), override }),
      },
    },
    handler: async ({ params: { job }, body, headers, caller }, reply) => {
      const seconds = body.for;
      const lasting = seconds === undefined ? {} : { seconds };
      const { kind, ...value } = body.order;
      const { name } = requireRole(caller, roleFor(kind, { ...value, ...lasting }));
      const id = body.id ?? headers['idempotency-key'];
      const told: OverrideRequest = {
        order: body.order,
        ...lasting,
        ...(await sender(body, name, cover)),
        ...(id === undefined ? {} : { id }),
      };
      const answer = await jobs.setOverride(job, told);
      if (answer.kind === 'known') return reply.code(200).send({ result: 'known', id: answer.id });
      return reply.code(201).send({ result: 'applied', override: shown(answer.override) });
    },
  });
  const clear = async ({ job, ...of }: Named, said: Said, { name }: Caller) => {
    const told: ClearRequest = { ...(await sender(said, name, cover)), ...of };
    return { cleared: [...(await jobs.clearOverride(job, told))] };
  };
  app.route({
    method: 'DELETE',
    url: '/v1/jobs/:job/overrides',
    config: { role: 'operator' },
    schema: { summary: 'End all overrides', params: shapes.jobParams, ...clearing },
    handler: async (call) => clear(call.params, saidIn(call), callerOf(call)),
  });
  app.route({
    method: 'DELETE',
    url: '/v1/jobs/:job/overrides/:id',
    config: { role: 'operator' },
    schema: { summary: 'End one override', params: shapes.jobParams.extend({ id: z.string() }), ...clearing },
    handler: async (call) => clear(call.params, saidIn(call), callerOf(call)),
  });
}

/** One override, or all of a job. */
interface Named {
  readonly job: string;
  readonly id?: string;
}

/** What comes with it. */
interface Clearing {
  readonly query: { readonly reason: string };
  readonly headers: { readonly 'override-token'?: string | undefined };
}

function saidIn({ query, headers }: Clearing): Said {
  return { reason: query.reason, token: headers['override-token'] };
}

/** A token of the identity provider says itself who it is of. */
async function sender({ reason: why, token: signed }: Said, name: string, cover: TokenCover) {
  if (signed === undefined) return { reason: why, who: name };
  return { reason: why, token: await coveredToken(signed, cover, 'the token of this override') };
}

interface Said {
  readonly reason: string;
  readonly token?: string | undefined;
}

function shown({ expiresAt, order: { ...of }, ...rest }: Override): z.output<typeof override> {
  return { ...rest, order: of, ...(expiresAt === null ? {} : { expiresAt }) };
}

/** What has ended is history. */
function standing(overrides: readonly Override[]) {
  const now = new Date().toISOString();
  const holding = new Set(activeAt(overrides, now).map(({ id }) => id));
  return inOrder(overrides)
    .filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
    .map((each) => ({ ...shown(each), state: holding.has(each.id) ? ('holding' as const) : ('waiting' as const) }));
}
