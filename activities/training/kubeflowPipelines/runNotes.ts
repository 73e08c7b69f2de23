/**
 * What a worker notes of the runs that report to it, a file each, for whoever takes them over should it die: Kubeflow knows neither by what
 * token a run is heard nor what the counters of its GPUs said when it began.
 */
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { jsonOf } from '../../json';
import { beginningSchema } from '../beginning';

const noteSchema = z.object({
  token: z.string().min(1),
  /** Of the desk, as the run sees it. */
  url: z.string(),
  gpuUuids: z.array(z.string()),
  /** Absent until its first report. */
  began: beginningSchema.optional(),
});

export type RunNote = z.output<typeof noteSchema>;

export interface RunNotes {
  read(name: string): Promise<RunNote | undefined>;
  write(name: string, note: RunNote): Promise<void>;
  forget(name: string): Promise<void>;
  /** Of all runs that are noted. */
  tokens(): Promise<readonly string[]>;
}

/** `name`: of a run in Kubeflow. */
export function createRunNotes(directory: string): RunNotes {
  const pathOf = (name: string) => join(directory, `${name}.json`);
  const read = (path: string) => readFile(path, 'utf8').then(noteIn, () => undefined);
  return {
    read: (name) => read(pathOf(name)),
    async write(name, note) {
      await mkdir(directory, { recursive: true });
      const draft = `${pathOf(name)}.${note.token}`;
      await writeFile(draft, JSON.stringify(note), { mode: 0o600 });
      await rename(draft, pathOf(name));
    },
    forget: (name) => rm(pathOf(name), { force: true }),
    async tokens() {
      const files = await readdir(directory).catch(() => []);
      const notes = files.filter((file) => file.endsWith('.json')).map((file) => read(join(directory, file)));
      return (await Promise.all(notes)).flatMap((note) => note?.token ?? []);
    },
  };
}

/** Undefined for one that broke off. */
function noteIn(text: string): RunNote | undefined {
  return noteSchema.safeParse(jsonOf(text)).data;
}
