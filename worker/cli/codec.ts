/** `wattbandit codec`: shows Temporal's UI and CLI what is encrypted. Needs no Temporal itself. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type KeySetSource, createKeySet } from '../../activities/keySet';
import { isLoopback } from '../../activities/loopback';
import { type Admit, admitSigned, admitToken } from '../encryption/codecAccess';
import { startCodecServer } from '../encryption/codecServer';
import { createEncryptionCodec } from '../encryption/codec';
import { loadKeys } from '../encryption/keys';
import { type SecretReference, readSecret } from '../encryption/secret';
import { WattbanditError } from '../errors';
import { encryptionOf } from './encryption';
import { exitCodes } from './failures';
import { interruption, untilAborted } from './interruption';
import { port, secretReference } from './options';
import { type Session, action } from './session';

interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly allowOrigin: readonly string[];
  readonly token?: SecretReference;
  readonly jwks?: KeySetSource;
  readonly audience?: string;
  readonly issuer?: string;
}

export function addCodec(program: Command): void {
  program
    .command('codec')
    .description("let Temporal's UI and CLI show what is encrypted")
    .command('serve')
    .description('decrypt payloads for whoever may ask, until interrupted; the keys are those of --encryption')
    .option('--host <address>', 'where to listen', '127.0.0.1')
    .option('--port <n>', '0 for a free one', port, 8081)
    .option('--allow-origin <origin>', 'a page that may ask, as http://localhost:8233; may be repeated', origins, [])
    .addOption(
      new Option('--token <env:NAME|file:path>', 'where the token is that must be given as bearer token')
        .argParser(secretReference)
        .conflicts('jwks'),
    )
    .option('--jwks <file|url>', 'keys of the identity provider whose tokens are admitted', keySetSource)
    .option('--audience <name>', 'whom those tokens must be for')
    .option('--issuer <url>', 'who must have issued them')
    .action(action(serve));
}

async function serve(session: Session, options: ServeOptions) {
  const { globals, output } = session;
  const encryption = await encryptionOf(globals);
  if (encryption === undefined)
    throw new WattbanditError('invalid', 'Cannot serve a codec without keys: name their file by --encryption.');
  const admit = await admitOf(options);
  if (!isLoopback(options.host)) requireCare(options.host, admit, globals.insecurePlaintext === true);
  const codec = createEncryptionCodec(await loadKeys(encryption));
  const { host, allowOrigin: allowOrigins } = options;
  const say = (text: string) => output.talk(text);
  const interrupted = interruption();
  const server = await startCodecServer({ codec, admit, allowOrigins, host, port: options.port, say });
  const { url } = server;
  output.event({ event: 'ready', url }, () => `Codec server at ${url}. Ctrl-C ends it.`);
  await untilAborted(interrupted);
  await server.close();
  return interrupted.reason === 'SIGINT' ? exitCodes.interrupted : exitCodes.done;
}

async function admitOf({ token, jwks, audience, issuer }: ServeOptions): Promise<Admit | null> {
  if (token !== undefined) return admitToken(await readSecret('the token of the codec server', token));
  if (jwks === undefined) return null;
  if (audience !== undefined) return admitSigned({ jwks, audience, issuer });
  throw new WattbanditError(
    'invalid',
    'Cannot admit by --jwks alone: every token of that provider would do; name whom they must be for by --audience.',
  );
}

/** Beyond this computer everybody could ask, and listen. */
function requireCare(host: string, admit: Admit | null, insecurePlaintext: boolean): void {
  const missing = [
    ...(admit === null ? ['--token or --jwks, so that not everybody may ask'] : []),
    ...(insecurePlaintext ? [] : ['--insecure-plaintext, for what it decrypts crosses the network as it is']),
  ];
  if (missing.length === 0) return;
  const remedy = 'or leave it on 127.0.0.1 behind a proxy with TLS';
  throw new WattbanditError('invalid', `Cannot serve a codec on ${host} without ${missing.join(' and ')}; ${remedy}.`);
}

function origins(text: string, earlier: readonly string[]): readonly string[] {
  if (URL.canParse(text) && new URL(text).origin === text && text !== 'null') return [...earlier, text];
  throw new InvalidArgumentError('It must be an origin, as http://localhost:8233: scheme, host and port alone.');
}

function keySetSource(text: string): KeySetSource {
  const source = /^https?:/i.test(text) ? { url: text } : { file: text };
  try {
    createKeySet(source);
    return source;
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}
