import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../../../lib/core/api/openapi.ts';
import { ROUTES } from '../../../lib/core/api/routes.ts';

interface Operation {
  operationId: string;
  parameters: { name: string; in: string; required: boolean; schema: object }[];
}

describe('the OpenAPI document', () => {
  const document = openApiDocument('1.2.3') as {
    openapi: string;
    info: { version: string };
    paths: Record<string, Record<string, Operation>>;
    security: object[];
    components: { securitySchemes: object };
  };

  test('holds every route, with a parameter for each pair of braces', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } });
    expect(Object.keys(document.paths)).toEqual(Object.values(ROUTES).map((route) => route.path));
    for (const [path, operations] of Object.entries(document.paths)) {
      const [operation, ...others] = Object.values(operations);
      expect(others).toEqual([]);
      const inPath = operation!.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
  });

  test('tells what a parameter may be', () => {
    const limit = document.paths['/api/anomalies']!['get']!.parameters.find(({ name }) => name === 'limit');
    expect(limit).toMatchObject({
      in: 'query',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 100 },
    });
  });

  test('asks by POST for what is made, and by GET for the rest', () => {
    const posted = Object.entries(document.paths).filter(([, operations]) => 'post' in operations);
    expect(posted.map(([path]) => path)).toEqual(['/api/live-tickets']);
    expect(posted[0]![1]['post']).toMatchObject({ operationId: 'liveTicket', responses: { 201: {} } });
  });

  test('wants everybody to be signed in, with a token in the header', () => {
    expect(document.security).toEqual([{ signIn: [] }]);
    expect(document.components.securitySchemes).toMatchObject({ signIn: { type: 'http', scheme: 'bearer' } });
  });
});
