/** A path that is there, asked by a method that it has not: 405, with those that it has (RFC 9110, 15.5.6). */
import type { FastifyInstance } from 'fastify';

/** By path, as routes name it. */
export type KnownMethods = ReadonlyMap<string, ReadonlySet<string>>;

/** Those of the routes that are added from now on. */
export function methodsOf(app: FastifyInstance): KnownMethods {
  const known = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = known.get(url) ?? new Set();
    known.set(url, methods);
    for (const each of [method].flat()) methods.add(each);
  });
  return known;
}

/** After the last route. */
export function refuseOtherMethods(app: FastifyInstance, known: KnownMethods): void {
  for (const [url, methods] of [...known]) {
    const allow = [...methods].toSorted().join(', ');
    app.route({
      method: app.supportedMethods.filter((method) => !methods.has(method)),
      url,
      schema: { hide: true },
      // Before the body is looked at: whatever it is, there is nobody to read it.
      onRequest: async ({ method }, reply) => {
        void reply.header('allow', allow);
        throw new WrongMethod(method, url, allow);
      },
      handler: async () => undefined,
    });
  }
}

class WrongMethod extends Error {
  override readonly name = 'WrongMethod';
  readonly statusCode = 405;
  constructor(method: string, url: string, allow: string) {
    super(`Cannot ${method} ${url}: it takes ${allow}.`);
  }
}
