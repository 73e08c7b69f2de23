/** A worker to be killed: starts a trainer of the zoo and says so. Arguments: directory, animal, mark. */
import { processTrainer, zooSpec, gpuUuids } from '../processBench';

async function main([directory = '', animal = '', mark = '']: readonly string[]): Promise<void> {
  const spec = zooSpec(animal, { grace: 0 }, mark);
  const run = await processTrainer({ directory }).start({ id: 'slot/1', spec, batchSize: 32, gpuUuids });
  if (animal !== 'silent') await run.next();
  console.log('training');
  if (mark.startsWith('throws')) throw new Error('nobody catches this');
  setInterval(() => {}, 1000);
}

void main(process.argv.slice(2));
