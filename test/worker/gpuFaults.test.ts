/** Everything that can be killed, killed in every phase of a run on GPUs whose limits outlive it. `npm run bench:gpu` does it ten times. */
import { buildCli } from '../support/cli';
import { everyBlow, runFaults } from '../support/faults';
import { testBinary } from '../support/temporal';

beforeAll(buildCli, 120_000);

describe('a GPU host', () => {
  it('puts every limit back, whatever is killed in whatever phase, and no run is lost', async () => {
    const blows = everyBlow(1);
    const tally = await runFaults(testBinary(), blows, 2);
    console.log(`limits restored ${tally.restored}/${tally.kills}; ${JSON.stringify(tally.totals)}`);
    expect(tally.complaints).toEqual([]);
    expect(tally.kills).toBe(blows.length);
    expect(tally.restored).toBe(blows.length);
    expect(tally.recovered).toBe(tally.recoveries);
    expect(tally.recoveries).toBeGreaterThan(0);
    expect(tally.sentinelMs.length).toBeGreaterThan(0);
    expect(tally.openSlots).toBe(0);
    expect(tally.totals.told).toBe(tally.totals.counted + tally.totals.quarantined);
  }, 600_000);
});
