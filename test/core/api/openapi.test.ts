import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../../../lib/core/api/openapi.ts';
import { ROUTES } from '../../../lib/core/api/routes.ts';

describe('the OpenAPI document', () => {
  const document = openApiDocument('1.2.3') as {
    openapi: string;
    info: { version: string };
    paths: Record<string, { get: { parameters: { name: string; in: string; required: boolean; schema: object }[] } }>;
  };

  test('holds every route, with a parameter for each pair of braces', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } });
    expect(Object.keys(document.paths)).toEqual(Object.values(ROUTES).map((route) => route.path));
    for (const [path, { get }] of Object.entries(document.paths)) {
      const inPath = get.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
  });

  test('tells what a parameter may be', () => {
    const limit = document.paths['/api/anomalies']!.get.parameters.find(({ name }) => name === 'limit');
    expect(limit).toMatchObject({
      in: 'query',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 100 },
    });
  });
});
