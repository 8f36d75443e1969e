import type * as z from 'zod/mini';
import type { Answer, Query, RouteName, ROUTES } from '../../lib/core/api/routes.ts';

/** The parameters of a route, as its schemas read them. */
export interface Parameters<Name extends RouteName> {
  readonly path: z.infer<(typeof ROUTES)[Name]['pathParameters']>;
  readonly query: Query<Name>;
}

/** How each route is answered. @throws NotThere, WrongParameters */
export type Answerers = {
  readonly [Name in RouteName]: (parameters: Parameters<Name>) => Promise<Answer<Name>>;
};

/** How some of the routes are answered. */
export type AnswerersOf<Name extends RouteName> = Pick<Answerers, Name>;
