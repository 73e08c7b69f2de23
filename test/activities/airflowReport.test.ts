import { TaskReports } from '../../activities/training/airflow/report';

const startedAt = '2026-07-01T00:00:00.000+00:00';

const epochsOf = (reports: TaskReports, value: unknown) => reports.read(value).map(({ event }) => event);

describe('TaskReports', () => {
  it('tells every evaluation once, however seldom it looks', () => {
    const reports = new TaskReports();
    const first = { epochs: 1.5, seconds: 15, evaluations: [{ epoch: 1, metric: 0.5, seconds: 10 }] };
    expect(epochsOf(reports, first)).toEqual([
      { kind: 'progress', epochs: 1, atSeconds: 10 },
      { kind: 'epoch', epoch: 1, metric: 0.5, atSeconds: 10 },
      { kind: 'progress', epochs: 1.5, atSeconds: 15 },
    ]);
    expect(epochsOf(reports, first)).toEqual([]);
    const evaluations = [
      ...first.evaluations,
      { epoch: 2, metric: 0.6, seconds: 20 },
      { epoch: 3, metric: 0.7, seconds: 30 },
    ];
    expect(
      epochsOf(reports, { epochs: 3, seconds: 30, evaluations }).map((event) => [event.kind, event.atSeconds]),
    ).toEqual([
      ['progress', 20],
      ['epoch', 20],
      ['progress', 30],
      ['epoch', 30],
    ]);
  });

  it('spreads energy evenly between two reports', () => {
    const reports = new TaskReports();
    reports.read({ epochs: 0.5, seconds: 10, joules: 1000 });
    const evaluations = [{ epoch: 1, metric: 0.5, seconds: 15 }];
    const said = reports.read({ epochs: 1.5, seconds: 20, joules: 3000, evaluations });
    expect(said.map(({ joules }) => joules)).toEqual([2000, 2000, 3000]);
  });

  it('goes on in time and energy where Airflow tries the task again', () => {
    const reports = new TaskReports();
    reports.read({ started_at: startedAt, epochs: 2, seconds: 20, joules: 4000 });
    const second = { started_at: '2026-07-01T00:01:00.000+00:00', epochs: 3, seconds: 30, joules: 6000 };
    expect(reports.read(second)).toEqual([{ event: { kind: 'progress', epochs: 3, atSeconds: 90 }, joules: 10_000 }]);
  });

  it('never lets time go back', () => {
    const reports = new TaskReports();
    reports.read({ epochs: 1, seconds: 20 });
    expect(epochsOf(reports, { epochs: 2, seconds: 10 })).toEqual([{ kind: 'progress', epochs: 2, atSeconds: 20 }]);
  });

  it('takes a single metric as the evaluation of the last epoch', () => {
    const said = epochsOf(new TaskReports(), { epochs: 12, seconds: 300, metric: 0.93, joules: 90_000 });
    expect(said).toContainEqual({ kind: 'epoch', epoch: 12, metric: 0.93, atSeconds: 300 });
  });

  it('has a metric that is not finite, which JSON cannot say, as words', () => {
    const [, evaluated] = epochsOf(new TaskReports(), { epochs: 1, seconds: 3, metric: 'nan' });
    expect(evaluated).toMatchObject({ kind: 'epoch', metric: NaN });
  });

  it('tells a failure after all else', () => {
    const said = epochsOf(new TaskReports(), { epochs: 1, seconds: 3, failure: 'outOfMemory', detail: 'no\nroom' });
    expect(said.at(-1)).toEqual({ kind: 'failed', failure: 'outOfMemory', detail: 'no room', atSeconds: 3 });
  });

  it.each([
    [null],
    ['done'],
    [{ epochs: -1, seconds: 1 }],
    [{ epochs: 1 }],
    [{ epochs: 1, seconds: 1, failure: 'bad luck' }],
  ])('says of %j that it makes no sense', (value) => {
    expect(() => new TaskReports().read(value)).toThrow('makes no sense');
  });
});
