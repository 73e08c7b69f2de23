/** Commands that documents tell people to type, and what the programs say of them. */
import { spawnSync } from 'node:child_process';

/** Of `wattbandit` and `temporal`, in fenced shell blocks and between backticks: their subcommands and options. */
export function commandsIn(markdown) {
  const blocks = [...markdown.matchAll(/```sh\n([^]*?)```/g)].flatMap(([, block]) => block.split('\n'));
  const spans = [...markdown.replaceAll(/```[^]*?```/g, '').matchAll(/`([^`\n]+)`/g)].map(([, span]) => span);
  return [...blocks, ...spans].map((line) => line.replace(/\s#.*$/, '').trim()).flatMap(commandIn);
}

function commandIn(line) {
  const [program, ...rest] = line.replaceAll(/'[^']*'/g, '').split(/\s+/);
  if (!['wattbandit', 'temporal'].includes(program) || rest.length === 0) return [];
  const end = rest.findIndex((word) => !/^[a-z-]+$/.test(word) || word.startsWith('-'));
  const words = end === -1 ? rest : rest.slice(0, end);
  return [{ program, words, options: rest.filter((word) => word.startsWith('-')) }];
}

/** @throws Error if it knows no such command: `help` of an unknown one is that of the program itself */
export function helpOf([command, ...args], words) {
  const { stdout } = spawnSync(command, [...args, ...words, '--help'], { encoding: 'utf8' });
  if (
    !new RegExp(`\\b${words.join(' ')}\\b`).test(
      stdout
        .split('\n')
        .filter((line) => /^(usage:|  temporal)/i.test(line))
        .join('\n'),
    )
  )
    throw new Error(`there is no command ${words.join(' ')}`);
  return stdout;
}
