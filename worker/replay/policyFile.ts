/** Policies that somebody wrote: a file of TypeScript or JavaScript with one pure function. */
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { z } from 'zod';
import { type Choose, policyOf } from '../../policy';
import { type Contender, contend, contenderNamed } from '../../simulation/contenders';
import { windowCharging } from '../../simulation/windowCharging';
import { WattbanditError } from '../errors';
import { messageOf, problemsIn } from '../import/input';
import { ruleFor } from '../yamlRules';

/** A built-in policy by its name, else the function `choose`, or the default export, of a file. @throws WattbanditError `invalid` */
export async function contenderOf(policy: string): Promise<Contender> {
  if (!/\.[cm]?[jt]s$/.test(policy)) return contenderNamed(policy);
  return contend(policyOf(basename(policy), await chooseIn(resolve(policy))), windowCharging);
}

async function chooseIn(file: string): Promise<Choose> {
  if (!existsSync(file)) throw new WattbanditError('invalid', `Cannot read the policy ${file}: there is no such file.`);
  const exported = await load(file);
  for (const name of ['choose', 'default']) {
    const found: unknown = typeof exported === 'object' && exported !== null ? Reflect.get(exported, name) : undefined;
    if (isChoose(found)) return checked(file, found);
  }
  throw new WattbanditError('invalid', `Cannot read the policy ${file}: it must export a function \`choose\`.`);
}

const choice = z.object({ batchSize: z.int(), powerLimitWatts: z.number().nullable() });

/** Whose mistakes are not ours. */
function checked(file: string, choose: Choose): Choose {
  return (facts, random) => {
    try {
      const { success, data, error } = choice.safeParse(choose(facts, random), { error: ruleFor });
      if (success) return data;
      throw new Error(`its choice: ${problemsIn(error)}`);
    } catch (error) {
      throw new WattbanditError('invalid', `Cannot decide by ${file}: ${messageOf(error)}.`, { cause: error });
    }
  };
}

function isChoose(value: unknown): value is Choose {
  return typeof value === 'function';
}

/** Node 20 does not read TypeScript. Nothing is cached on disk: what runs is what is in the file. */
async function load(file: string): Promise<unknown> {
  const { createJiti } = await import('jiti');
  try {
    const loaded: unknown = await createJiti(file, { fsCache: false, moduleCache: false }).import(file);
    return loaded;
  } catch (error) {
    throw new WattbanditError('invalid', `Cannot read the policy ${file}: ${messageOf(error)}.`, { cause: error });
  }
}
