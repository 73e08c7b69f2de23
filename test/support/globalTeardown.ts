/** Ends the test server, whatever the tests did. */
import { rm } from 'node:fs/promises';
import { stopProcess } from '../../worker/processes';

export default endTestServer;

export async function endTestServer(): Promise<void> {
  const { WATTBANDIT_TEST_PID: pid, WATTBANDIT_TEST_DIRECTORY: directory } = process.env;
  // Its data dies with it, so there is nothing to finish.
  if (pid !== undefined) await stopProcess(Number(pid), 'SIGKILL');
  if (directory !== undefined) await rm(directory, { recursive: true, force: true });
}
