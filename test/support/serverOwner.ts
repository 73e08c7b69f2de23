/** A process that owns a server: finds one for the state directory given, says where, and lives until it is killed. */
import { findServer } from '../../worker/server';

findServer({ stateDirectory: process.argv[2] }).then(
  ({ address, how }) => {
    console.log(JSON.stringify({ address, how }));
    setInterval(() => {}, 1000);
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
