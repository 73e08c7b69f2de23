import { createOutbound } from '../support/airflowOutbound';
import { airflow2 } from '../support/airflowMajors';
import { describeAirflow } from './airflowContract';

// Airflow takes long to begin a task on a busy machine.
jest.setTimeout(240_000);

describeAirflow(createOutbound(airflow2));
