import type { ObjectCreated } from './services/s3/object-created.ts';
import type { FunctionError } from './lambda/invocation.ts';

/** What happens in a local run that a person at its terminal would want to know. */
export type RunEvent =
  | { readonly kind: 'object-created'; readonly bucket: string; readonly key: string; readonly size: number }
  | { readonly kind: 'invocation-failed'; readonly functionName: string; readonly error: FunctionError }
  | { readonly kind: 'sandbox-died'; readonly functionName: string; readonly reason: string }
  | { readonly kind: 'error-logged'; readonly functionName: string; readonly message: string }
  | {
      readonly kind: 'given-up';
      readonly functionName: string;
      readonly what: string;
      readonly kept: string | undefined;
    }
  | { readonly kind: 'trouble'; readonly message: string };

export type Tell = (event: RunEvent) => void;

export function objectCreatedEvent({ detail }: ObjectCreated): RunEvent {
  return { kind: 'object-created', bucket: detail.bucket.name, key: detail.object.key, size: detail.object.size };
}
