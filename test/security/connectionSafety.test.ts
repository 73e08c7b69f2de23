import { refusePlaintext } from '../../worker/connectionSafety';

const refusal = (...given: Parameters<typeof refusePlaintext>) => {
  try {
    refusePlaintext(...given);
    return 'allowed';
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
};

describe('refusePlaintext', () => {
  it.each([
    ['temporal.example:7233'],
    ['temporal.example'],
    ['10.0.0.7:7233'],
    ['192.168.0.1:7233'],
    ['169.254.169.254:7233'],
    ['0.0.0.0:7233'],
    ['[::]:7233'],
    ['[fe80::1]:7233'],
    ['[::ffff:10.0.0.7]:7233'],
    ['localhost.example:7233'],
    ['127.0.0.1.example:7233'],
    ['127.1:7233'],
    ['2130706433:7233'],
    ['0x7f000001:7233'],
    ['127.0.0.1:7233@temporal.example:7233'],
    [''],
  ])('refuses %s and tells the remedy', (address) => {
    expect(refusal({ address }, false)).toContain(`Cannot connect to Temporal at ${address} without TLS`);
    expect(refusal({ address }, false)).toContain('--insecure-plaintext');
    expect(refusal({ address, tls: false, apiKey: 'canary' }, false)).toContain('the API key');
    expect(refusal({ address, tls: false, apiKey: 'canary' }, false)).not.toContain('canary');
  });

  it.each([
    ['localhost:7233'],
    ['LOCALHOST'],
    ['127.0.0.1:7233'],
    ['127.8.9.10:7233'],
    ['[::1]:7233'],
    ['[::ffff:127.0.0.1]:7233'],
    [undefined],
  ])('allows %s: it is this computer', (address) => {
    expect(refusal({ address }, false)).toBe('allowed');
  });

  it('allows any server with TLS, which an API key turns on, and any at all where plaintext is accepted', () => {
    const address = 'temporal.example:7233';
    expect(refusal({ address, tls: true }, false)).toBe('allowed');
    expect(refusal({ address, tls: {} }, false)).toBe('allowed');
    expect(refusal({ address, apiKey: 'key' }, false)).toBe('allowed');
    expect(refusal({ address }, true)).toBe('allowed');
  });

  it('takes no loopback for this computer that a proxy is asked for', () => {
    const proxy = { type: 'http-connect', targetHost: 'proxy.example:3128' } as const;
    expect(refusal({ address: 'localhost:7233', proxy }, false)).toContain('without TLS');
  });
});
