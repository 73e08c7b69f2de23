import { translateFlags } from '../../worker/cli/temporalFlags';

const words = (text: string) => translateFlags(text.split(' '));

describe('translateFlags', () => {
  it('leaves alone what wattbandit takes itself', () => {
    const given = '--profile prod -o jsonl --color never job describe fraud --address 1.2.3.4:5 --reason=a=b';
    expect(words(given)).toEqual({ args: given.split(' '), env: {}, ignoresEnvironment: false, leftOut: [] });
  });

  it('makes connection options the variables that Temporal reads', () => {
    const { args, env } = words('job list -n prod --tls --tls-cert-path=a.pem --api-key k --grpc-meta x-team=ml');
    expect(args).toEqual(['job', 'list', '--namespace', 'prod']);
    expect(env).toEqual({
      TEMPORAL_TLS: 'true',
      TEMPORAL_TLS_CLIENT_CERT_PATH: 'a.pem',
      TEMPORAL_API_KEY: 'k',
      TEMPORAL_GRPC_META_X_TEAM: 'ml',
    });
    expect(words('--tls=false job list').env).toEqual({ TEMPORAL_TLS: 'false' });
  });

  it('says what it leaves out, with its value', () => {
    const { args, leftOut } = words('--time-format iso --log-level never job list --identity=me');
    expect({ args, leftOut }).toEqual({
      args: ['--log-level', 'error', 'job', 'list'],
      leftOut: ['--time-format iso', '--identity me'],
    });
  });

  it('looks neither behind -- nor for servers in environments of old', () => {
    expect(words('job list -- --tls').args).toEqual(['job', 'list', '--', '--tls']);
    expect(words('--env default job list').args).toEqual(['job', 'list']);
    expect(() => words('--env prod job list')).toThrow('--profile prod');
  });
});
