/**
 * Trainers that misbehave, one per name: `node zoo.mjs <name> <mark>`. The well-behaved one is `tame`. The mark stands in the
 * command line of every process, so that a test finds those that are left.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, writeFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Socket, createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const [, , animal, mark = ''] = process.argv;
const reportDescriptor = Number(process.env.WATTBANDIT_REPORT_FD ?? 3);
const report = (message) => raw(`${JSON.stringify(message)}\n`);
const forever = () => setInterval(() => {}, 1000);

/** A descriptor may take less than it is given. */
function raw(text, descriptor = reportDescriptor) {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += writeSync(descriptor, bytes, from));
}

async function train(epochs = 1000, metricAfter = (epoch) => epoch / 1000) {
  for (let epoch = 1; epoch <= epochs; epoch++) {
    for (let part = 1; part < 4; part++) {
      report({ type: 'progress', iteration: (epoch - 1) * 4 + part, iterationsPerEpoch: 4 });
      await sleep(5);
    }
    report({ type: 'epoch', epoch, metric: metricAfter(epoch) });
  }
}

function hireChild(options = {}) {
  const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM",()=>{}); setInterval(()=>{},1000)', mark], {
    stdio: 'inherit',
    ...options,
  });
  child.unref();
}

const outOfMemory = {
  torch: 'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 MiB.',
  python: 'Traceback (most recent call last):\n  File "train.py", line 3\nMemoryError',
  jax: 'XlaRuntimeError: RESOURCE_EXHAUSTED: Out of memory while trying to allocate 8589934592 bytes.',
};

const animals = {
  tame: () => train(),
  /** Nobody may be listening yet to a container that has just started. */
  heard: async () => {
    report({ type: 'gpus', uuids: process.env.NVIDIA_VISIBLE_DEVICES.split(',') });
    while (!existsSync(process.env.TEST_FOLLOWED)) await sleep(20);
    await train();
  },
  content: () => train(2),
  /** Says how it went in the one place that outlives a lost log. */
  lastWill: () => {
    writeFileSync(process.env.WATTBANDIT_TERMINATION_LOG, '{"type":"epoch","epoch":7,"metric":0.5}\n');
  },
  wrongGpus: async () => {
    report({ type: 'gpus', uuids: ['GPU-of-somebody-else'] });
    await train();
  },
  idle: () => console.error('nothing to do'),
  exit1: async () => {
    await train(1);
    console.error('\x1b[31mValueError: the data set is empty\x1b[0m');
    process.exitCode = 1;
  },
  segfault: () => process.kill(process.pid, 'SIGSEGV'),
  terminated: () => process.kill(process.pid, 'SIGTERM'),
  code137: () => process.exit(137),
  ...Object.fromEntries(
    Object.entries(outOfMemory).map(([name, words]) => [
      `outOfMemory-${name}`,
      () => {
        console.error(words);
        process.exitCode = name === 'python' ? 137 : 1;
      },
    ]),
  ),
  silent: forever,
  forks: async () => {
    hireChild();
    hireChild({ detached: true });
    await train(1);
    process.exit(1);
  },
  forksAndStays: () => {
    hireChild();
    hireChild({ detached: true });
    return train();
  },
  stubborn: () => {
    process.on('SIGTERM', () => {});
    return train();
  },
  saves: async () => {
    process.on('SIGTERM', () => {
      console.log('saved');
      process.exit(0);
    });
    await train();
  },
  floods: async () => {
    const megabyte = `${'x'.repeat(2 ** 20 - 1)}\n`;
    for (let i = 0; i < 50; i++) {
      raw(megabyte, 1);
      raw(megabyte, 2);
    }
    await train();
  },
  floodsReports: async () => {
    raw('{"no":"type"}\n'.repeat(10_000));
    raw(`{"pad":"${'x'.repeat(60_000)}"}\n`.repeat(300));
    await train();
  },
  hostile: async () => {
    raw('not json\n\n{"type":"epo\n\u0000\u001b[2J\r\n');
    raw(`${'['.repeat(60_000)}\n`);
    raw(`{"type":"epoch","epoch":1,"metric":0.5,"pad":"${'x'.repeat(2 ** 20)}"}\n`);
    raw('{"type":"epoch","epoch":1e400,"metric":1}\n{"type":"epoch","epoch":-1,"metric":1}\n');
    raw('{"type":"epoch","epoch":1.5,"metric":1}\n{"type":"epoch","epoch":1,"metric":"0.9"}\n');
    raw('{"__proto__":{"type":"epoch","epoch":1,"metric":1}}\n{"type":"constructor"}\nnull\n[]\n7\n');
    raw('{"type":"progress","epochs":-3}\n{"type":"progress","iteration":1,"iterationsPerEpoch":0}\n');
    raw('{"type":"probed","batchSize":4,"secondsPerEpoch":1}\n');
    raw(Buffer.from([0xff, 0xfe, 0x0a]).toString('latin1'));
    await train(2);
    process.exitCode = 3;
  },
  repeats: async () => {
    await train(2);
    report({ type: 'epoch', epoch: 2, metric: 0.9 });
    report({ type: 'epoch', epoch: 1, metric: 0.9 });
    report({ type: 'progress', epochs: 0.5 });
    report({ type: 'epoch', epoch: 3, metric: 0.003 });
    process.exitCode = 1;
  },
  notANumber: () => raw('{"type": "epoch", "epoch": 1, "metric": NaN}\n'),
  infinite: () => raw('{"type":"epoch","epoch":1,"metric":"-inf"}\n'),
  reachesAndCrashes: () => {
    report({ type: 'epoch', epoch: 1, metric: 0.95 });
    process.kill(process.pid, 'SIGSEGV');
  },
  oneByteAtATime: () => {
    for (const byte of '{"type":"epoch","epoch":1,"metric":0.95}\n') raw(byte);
    forever();
  },
  unfinishedLine: () => raw('{"type":"epoch","epoch":1,"metric":0.95}'),
  closesDescriptor: () => {
    closeSync(3);
    forever();
  },
  closesAll: () => {
    for (const descriptor of [1, 2, 3, 4]) closeSync(descriptor);
    forever();
  },
  overshoots: () => report({ type: 'epoch', epoch: 1e9, metric: 0.95 }),
  unsynced: async () => {
    for (let i = 1; i < 40; i++) {
      report({ type: 'progress', epochs: i / 40, synced: false });
      await sleep(20);
    }
    report({ type: 'epoch', epoch: 1, metric: 0.5 });
    forever();
  },
  says: () => {
    report({ type: 'failed', failure: 'outOfMemory', detail: 'no room for\nthe optimizer' });
    forever();
  },
  environment: () => {
    console.error(JSON.stringify({ env: process.env, argv: process.argv.slice(4) }));
    process.exitCode = 1;
  },
  probes: () => answerProbes((batchSize) => ({ type: 'probed', batchSize, secondsPerEpoch: 64 / batchSize })),
  probesWithoutMemory: () => answerProbes((batchSize) => ({ type: 'probed', batchSize, outOfMemory: true })),
  diesInProbe: () =>
    answerProbes(() => {
      console.error(outOfMemory.torch);
      process.exit(1);
    }),
  /** As a launcher does, which passes on the environment and no descriptors. */
  launches: () => {
    const child = spawn(process.execPath, [process.argv[1], 'connects', mark], { stdio: 'ignore' });
    child.on('exit', (code) => process.exit(code));
  },
  connects: async () => {
    const connection = createConnection(process.env.WATTBANDIT_REPORT_SOCKET);
    const said = (message) => connection.write(`${JSON.stringify(message)}\n`);
    said({ type: 'probes' });
    said({ type: 'epoch', epoch: 1, metric: 0.5 });
    for await (const line of createInterface({ input: connection })) {
      said({ type: 'probed', batchSize: JSON.parse(line).batchSize, secondsPerEpoch: 2 });
      said({ type: 'epoch', epoch: 2, metric: 0.6 });
      connection.end();
    }
    process.exit(4);
  },
  neverAnswers: () => answerProbes(() => undefined),
};

async function answerProbes(answer) {
  report({ type: 'probes' });
  report({ type: 'progress', epochs: 0.1 });
  for await (const line of createInterface({ input: new Socket({ fd: 4 }) })) {
    const said = answer(JSON.parse(line).batchSize);
    if (said !== undefined) report(said);
  }
}

await animals[animal]();
