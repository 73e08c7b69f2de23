/**
 * What `temporal` hands to an extension, in wattbandit's words: its global options come first and its connection options wherever
 * they stood. Those that wattbandit has no option for become the environment variables that Temporal documents for them.
 */
import { WattbanditError } from '../errors';

export interface Translated {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** `--disable-config-env`: nothing of `TEMPORAL_*` counts. */
  readonly ignoresEnvironment: boolean;
  /** Options that mean nothing here. */
  readonly leftOut: readonly string[];
}

/** Temporal's own table: `temporal options`. */
const variables: Readonly<Record<string, string>> = {
  '--api-key': 'TEMPORAL_API_KEY',
  '--config-file': 'TEMPORAL_CONFIG_FILE',
  '--tls-ca-data': 'TEMPORAL_TLS_SERVER_CA_CERT_DATA',
  '--tls-ca-path': 'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
  '--tls-cert-data': 'TEMPORAL_TLS_CLIENT_CERT_DATA',
  '--tls-cert-path': 'TEMPORAL_TLS_CLIENT_CERT_PATH',
  '--tls-key-data': 'TEMPORAL_TLS_CLIENT_KEY_DATA',
  '--tls-key-path': 'TEMPORAL_TLS_CLIENT_KEY_PATH',
  '--tls-server-name': 'TEMPORAL_TLS_SERVER_NAME',
};
const switches: Readonly<Record<string, readonly [name: string, value: string]>> = {
  '--tls': ['TEMPORAL_TLS', 'true'],
  '--tls-disable-host-verification': ['TEMPORAL_TLS_DISABLE_HOST_VERIFICATION', 'true'],
  '--disable-config-file': ['TEMPORAL_CONFIG_FILE', '/dev/null'],
};
const meaningless = new Set([
  ...['--client-authority', '--client-connect-timeout', '--codec-auth', '--codec-endpoint', '--codec-header'],
  ...['--command-timeout', '--env-file', '--identity', '--log-format', '--time-format'],
]);

/** Up to `--`, after which nothing is an option. @throws WattbanditError `invalid` for what would lead to another server */
export function translateFlags(given: readonly string[]): Translated {
  const args: string[] = [];
  const env: Record<string, string> = {};
  const leftOut: string[] = [];
  let ignoresEnvironment = false;
  const rest = [...given];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') return { args: [...args, word, ...rest], env, ignoresEnvironment, leftOut };
    const [flag = '', joined] = /^--[^=]+=/s.test(word) ? halves(word) : [word];
    const value = () => joined ?? rest.shift() ?? '';
    const variable = variables[flag];
    const toggle = switches[flag];
    if (variable !== undefined) env[variable] = value();
    else if (toggle !== undefined) env[toggle[0]] = joined ?? toggle[1];
    else if (flag === '--grpc-meta') Object.assign(env, header(value()));
    else if (flag === '--disable-config-env') ignoresEnvironment = joined !== 'false';
    else if (flag === '--env') refuseEnvironment(value());
    else if (flag === '--no-json-shorthand-payloads') leftOut.push(flag);
    else if (meaningless.has(flag)) leftOut.push(`${flag} ${value()}`);
    else if (flag === '-n') args.push('--namespace', value());
    else if (flag === '--log-level') args.push(flag, logLevel(value()));
    else args.push(word);
  }
  return { args, env, ignoresEnvironment, leftOut };
}

function halves(word: string): readonly [string, string] {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)];
}

function header(text: string): Readonly<Record<string, string>> {
  const [key, value] = halves(text);
  return { [`TEMPORAL_GRPC_META_${key.toUpperCase().replaceAll('-', '_')}`]: value };
}

/** Temporal's default, which says nothing but errors. */
const logLevel = (level: string) => (level === 'never' ? 'error' : level);

/** The environments of a `temporal.yaml`, from before there were profiles. */
function refuseEnvironment(name: string): void {
  if (name === 'default') return;
  throw new WattbanditError('invalid', `Cannot use --env ${name}: wattbandit knows profiles, as --profile ${name}.`);
}
