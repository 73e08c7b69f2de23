/** What `/openapi.json` says of each route; that it is true is looked at from outside, in `test/pipelines/openapi.test.ts`. */
import { onGateway } from '../support/gateway';

interface Operation {
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly required: boolean };
  readonly responses: Readonly<Record<string, { readonly content?: object; readonly headers?: object }>>;
}
type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

async function onDocument(test: (operations: ReadonlyMap<string, Operation>) => void): Promise<void> {
  await onGateway({}, async ({ call }) => {
    const { paths }: Document = (await call('GET', '/openapi.json')).body;
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
    );
    test(new Map(operations));
  });
}

describe('the OpenAPI document', () => {
  it('names the parameters of each path, and no others', async () => {
    await onDocument((operations) => {
      for (const [name, { parameters = [] }] of operations) {
        const named = parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name);
        const inPath = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
        expect([name, new Set(named)]).toEqual([name, new Set(inPath)]);
      }
    });
  });

  it('tells what may go wrong with each route, and in which shape', async () => {
    await onDocument((operations) => {
      const statuses = (name: string) => Object.keys(operations.get(name)?.responses ?? {}).join(' ');
      expect(statuses('GET /healthz')).toBe('200 403 429');
      expect(statuses('GET /readyz')).toBe('200 403 429 503');
      expect(statuses('GET /v1/jobs')).toBe('200 401 403 429 503');
      expect(statuses('GET /v1/jobs/{job}/decisions')).toBe('200 400 401 403 404 429 503');
      expect(statuses('POST /v1/jobs')).toBe('200 201 400 401 403 404 409 413 415 422 429 503');
      expect(statuses('DELETE /v1/jobs/{job}')).toBe('204 400 401 403 404 422 429 503');
      expect(statuses('POST /report')).toBe('200 400 401 403 404 413 422 429 503');
      for (const [, { tags, responses }] of operations) {
        const type = tags?.includes('zeus') === true ? 'application/json' : 'application/problem+json';
        const errors = Object.entries(responses).filter(([status]) => status >= '400');
        expect(errors.map(([, { content = {} }]) => Object.keys(content))).toEqual(errors.map(() => [type]));
        expect(Object.keys(responses['429']?.headers ?? {})).toEqual(['retry-after']);
      }
    });
  });

  it('lets a body be left out where nothing in it is required', async () => {
    await onDocument((operations) => {
      const optional = [...operations].filter(([, { requestBody }]) => requestBody?.required === false);
      expect(optional.map(([name]) => name)).toEqual([
        'POST /v1/jobs/{job}/decisions',
        'POST /v1/jobs/{job}/recurrences',
      ]);
    });
  });
});
