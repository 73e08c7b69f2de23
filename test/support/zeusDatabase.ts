/** A database as Zeus's batch size optimizer keeps it (zeus 0.16 on SQLite by SQLAlchemy), with jobs and trials of a test. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from 'node-sqlite3-wasm';

const schema = `
CREATE TABLE "Job" (
  job_id VARCHAR(400) PRIMARY KEY NOT NULL, job_id_prefix VARCHAR(300) NOT NULL, default_batch_size INTEGER NOT NULL,
  higher_is_better_metric BOOLEAN NOT NULL, eta_knob FLOAT NOT NULL, beta_knob FLOAT, target_metric FLOAT NOT NULL,
  max_epochs INTEGER NOT NULL, num_pruning_rounds INTEGER NOT NULL, window_size INTEGER NOT NULL, max_power FLOAT NOT NULL,
  number_of_gpus INTEGER NOT NULL, gpu_model VARCHAR(30) NOT NULL, mab_prior_mean FLOAT NOT NULL,
  mab_prior_precision FLOAT NOT NULL, mab_num_explorations INTEGER NOT NULL, mab_seed INTEGER,
  mab_random_generator_state VARCHAR(10000), exp_default_batch_size INTEGER NOT NULL, stage VARCHAR(7) NOT NULL,
  min_cost FLOAT, min_cost_batch_size INTEGER NOT NULL);
CREATE TABLE "BatchSize" (
  job_id VARCHAR(400) NOT NULL, batch_size INTEGER NOT NULL, PRIMARY KEY (job_id, batch_size),
  FOREIGN KEY (job_id) REFERENCES "Job" (job_id) ON DELETE CASCADE);
CREATE TABLE "GaussianTsArmState" (
  job_id VARCHAR(300) NOT NULL, batch_size INTEGER NOT NULL, param_mean FLOAT NOT NULL, param_precision FLOAT NOT NULL,
  reward_precision FLOAT NOT NULL, num_observations INTEGER NOT NULL, PRIMARY KEY (job_id, batch_size),
  FOREIGN KEY (job_id, batch_size) REFERENCES "BatchSize" (job_id, batch_size) ON DELETE CASCADE);
CREATE TABLE "Trial" (
  job_id VARCHAR(300) NOT NULL, batch_size INTEGER NOT NULL, trial_number INTEGER NOT NULL, start_timestamp DATETIME NOT NULL,
  type VARCHAR(11) NOT NULL, status VARCHAR(10) NOT NULL, end_timestamp DATETIME, time FLOAT, energy FLOAT, converged BOOLEAN,
  PRIMARY KEY (job_id, trial_number),
  FOREIGN KEY (job_id, batch_size) REFERENCES "BatchSize" (job_id, batch_size) ON DELETE CASCADE);`;

export interface ZeusTrial {
  readonly batchSize: number;
  readonly status?: string;
  readonly time?: number | string | null;
  readonly energy?: number | null;
  readonly converged?: number | null;
  readonly start?: string;
  readonly end?: string | null;
}

export interface ZeusJob {
  readonly id: string;
  readonly trials: readonly ZeusTrial[];
}

export function temporaryFile(name: string): string {
  return join(mkdtempSync(join(tmpdir(), 'wattbandit-')), name);
}

/** The path of a new file. `more`: SQL that is run on it at the end. */
export function zeusDatabase(jobs: readonly ZeusJob[], more = ''): string {
  const file = temporaryFile('zeus.db');
  const database = new Database(file);
  database.exec(schema);
  for (const job of jobs) insertJob(database, job);
  database.exec(more);
  database.close();
  return file;
}

/** Until an accuracy of 0.6, on one GPU of 250 W. */
function insertJob(database: Database, { id, trials }: ZeusJob): void {
  const job = `'test', 1024, 1, 0.5, 2.0, 0.6, 100, 2, 10, 250.0, 1, 'V100', 0.0, 0.0, 2, NULL, NULL, 1024, 'MAB', NULL, 1024`;
  database.run(`INSERT INTO Job VALUES (?, ${job})`, [id]);
  for (const size of new Set(trials.map(({ batchSize }) => batchSize)))
    database.run('INSERT INTO BatchSize VALUES (?, ?)', [id, size]);
  trials.forEach((trial, index) => {
    const { batchSize, status = 'Succeeded', time = 600, energy = 90_000, converged = 1 } = trial;
    const { start = '2024-05-01 12:00:00.000000', end = null } = trial;
    database.run(`INSERT INTO Trial VALUES (?, ?, ?, ?, 'Exploration', ?, ?, ?, ?, ?)`, [
      ...[id, batchSize, index + 1, start, status, end, time, energy, converged],
    ]);
  });
}
