import * as z from 'zod/mini';
import { ROUTES, type Route } from './routes.ts';

/** What an answer with a status of 400 or more says. */
export const problem = z.object({
  error: z.object({
    message: z.string(),
    /** What is wrong with each parameter, by their names. */
    fields: z.optional(z.record(z.string(), z.string())),
  }),
});

export type Problem = z.infer<typeof problem>;

const PROBLEMS = {
  400: 'A parameter is wrong',
  404: 'There is no such thing',
  405: 'Another method than GET',
  413: 'The request has a body',
  429: 'Too many requests',
  500: 'Something failed on our side',
} as const;

/** The OpenAPI 3.1 document of the API. */
export function openApiDocument(version: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Flagstone',
      version,
      description: 'What Flagstone has flagged, and why.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths: Object.fromEntries(
      Object.entries<Route>(ROUTES).map(([name, route]) => [route.path, { get: operation(name, route) }]),
    ),
    components: { schemas: { Problem: schemaOf(problem) } },
  };
}

function operation(name: string, { summary, description, pathParameters, query, answer }: Route): object {
  const failures = Object.entries(PROBLEMS).map(([status, description]) => [
    status,
    { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } } },
  ]);
  return {
    operationId: name,
    summary,
    ...(description !== undefined && { description }),
    parameters: [...parametersOf('path', pathParameters), ...parametersOf('query', query)],
    responses: {
      200: { description: summary, content: { 'application/json': { schema: schemaOf(answer) } } },
      ...Object.fromEntries(failures),
    },
  };
}

function parametersOf(place: 'path' | 'query', schema: Route['query']): object[] {
  return Object.entries(schema.shape).map(([name, part]) => ({
    name,
    in: place,
    required: place === 'path',
    schema: schemaOf(part),
  }));
}

/** As it goes over the wire: parameters are texts. */
function schemaOf(schema: z.core.$ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}
