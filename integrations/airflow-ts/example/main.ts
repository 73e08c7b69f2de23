/** Trains for real, a little: finds the slope of a line by stochastic gradient descent. */
import { Dag, DagRegistry, serveDags } from 'apache-airflow-ts-sdk';
import { asking } from '../src/asking';

/** This example's model of a computer without an energy meter. */
const watts = 150;

const dag = new Dag('train_in_typescript');
dag.task(
  'train',
  asking('slope', async ({ run, job }) => {
    const { batchSize } = run.decision;
    const began = performance.now();
    let slope = 0;
    let accuracy = 0;
    let epochs = 0;
    while (epochs < job.maxEpochs && accuracy < job.target.value) {
      epochs += 1;
      for (let step = 0; step < 512 / batchSize; step++) slope += 0.1 * (2 - slope);
      accuracy = 1 - Math.abs(2 - slope) / 2;
    }
    const seconds = (performance.now() - began) / 1000;
    const outcome = accuracy >= job.target.value ? 'converged' : 'diverged';
    return {
      outcome,
      epochs,
      seconds,
      joules: watts * seconds,
      measurements: [],
      reachedEpochLimit: epochs >= job.maxEpochs,
    };
  }),
);

await serveDags(new DagRegistry(dag));
