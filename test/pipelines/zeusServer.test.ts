/** The gateway beside Zeus's own server: the same requests get the same answers. `npm run test:pipelines -- zeusClient`. */
import { type Answer, type Call, callerTo, onGateway, zeusJob } from '../support/gateway';
import { onZeusServer } from '../support/zeusServer';

type Step = readonly [method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object];

const spec = zeusJob({ job_id: 'zeus-parity', mab_seed: 7 });
const of = (batch_size: number, trial_number: number) => ({ job_id: spec.job_id, batch_size, trial_number });
const report = (trial: object, changes: object = {}) =>
  [
    'POST',
    '/report',
    { ...trial, time: 14.438, energy: 3000.123, metric: 0.55, current_epoch: 98, ...changes },
  ] as const;
const predict: Step = ['GET', `/jobs/batch_size?job_id=${spec.job_id}`];

/** One after the other; those that come later depend on those before. */
const script: readonly Step[] = [
  ['POST', '/jobs', spec],
  ['POST', '/jobs', spec],
  ['POST', '/jobs', { ...spec, default_batch_size: 512 }],
  ['POST', '/jobs', { job_id_prefix: 'other' }],
  ['POST', '/jobs', { ...spec, job_id: 'zeus-other', eta_knob: 1.5 }],
  ['GET', '/jobs/batch_size?job_id=nobody'],
  ['GET', '/jobs/batch_size'],
  predict,
  predict,
  report(of(1024, 1), { metric: 0.1, current_epoch: 1 }),
  report(of(1024, 1)),
  report(of(1024, 1)),
  report(of(512, 1)),
  report(of(1024, 9)),
  report({ ...of(1024, 1), job_id: 'nobody' }),
  ['PATCH', '/trials', of(1024, 1)],
  ['PATCH', '/trials', of(1024, 2)],
  ['PATCH', '/trials', of(1024, 9)],
  report(of(1024, 2)),
  predict,
  report(of(512, 3), { time: 30, energy: 6000 }),
  predict,
  report(of(2048, 4), { metric: 0.2, current_epoch: 100 }),
  predict,
  report(of(1024, 5)),
  ['POST', '/report', { job_id: spec.job_id }],
  ['DELETE', '/jobs?job_id=nobody'],
  ['DELETE', `/jobs?job_id=${spec.job_id}`],
  ['DELETE', `/jobs?job_id=${spec.job_id}`],
  ['POST', '/jobs', { ...spec, default_batch_size: 512 }],
];

async function play(call: Call): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const [method, path, body] of script) answers.push(await call(method, path, body));
  return answers;
}

/** Words are for people, and FastAPI's name each rule after a Python class; places are for programs. */
function essence({ status, body }: Answer) {
  if (Array.isArray(body?.detail))
    return { status, places: body.detail.map(({ loc }: { loc: readonly string[] }) => loc.join('.')).toSorted() };
  if (typeof body?.message === 'string') return { status, body: { ...body, message: firstWords(body.message) } };
  return { status, body };
}

const firstWords = (message: string) => message.split(/[\s:(]+/).slice(0, 2);

it("answers what Zeus's own server answers", async () => {
  let theirs: readonly Answer[] = [];
  await onZeusServer(async (url) => {
    theirs = await play(callerTo(url));
  });
  await onGateway({}, async ({ call }) => {
    const ours = await play(call);
    const told = (answers: readonly Answer[]) => answers.map((answer, i) => ({ step: script[i], ...essence(answer) }));
    expect(told(ours)).toEqual(told(theirs));
  });
}, 120_000);
