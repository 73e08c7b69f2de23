/** Waits until a program of the command line says that it is ready, and goes on listening to it. */
import type { ChildProcess } from 'node:child_process';

export async function untilReady(child: ChildProcess, hear: (text: string) => void): Promise<string> {
  let said = '';
  return new Promise((ready, failed) => {
    const listen = (data: Buffer) => {
      hear(data.toString());
      said += data.toString();
      if (said.includes('"ready"')) ready(said);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('close', () => failed(new Error(`it ended, saying ${said}`)));
  });
}
