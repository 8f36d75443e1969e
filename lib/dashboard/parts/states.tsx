import type { ComponentChildren } from 'preact';
import { ApiError } from '../data/api.ts';
import type { Loaded } from '../data/use-answer.ts';

/** Grey lines where the content will be, so that nothing jumps when it comes. */
export function Waiting({ lines = 5 }: { readonly lines?: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        <div class="skeleton" key={line} />
      ))}
    </div>
  );
}

/** Keeps the place of something that is as high as this. */
export function WaitingBox({ height }: { readonly height: number }) {
  return <div class="skeleton-box" role="status" aria-label="Loading" style={{ height: `${height}px` }} />;
}

interface FailedProps {
  readonly error: Error;
  readonly onRetry?: () => void;
}

export function Failed({ error, onRetry }: FailedProps) {
  const message = error instanceof ApiError ? error.message : 'The API cannot be reached. Is the system running?';
  return (
    <div class="state" role="alert">
      <h3>{isMissing(error) ? 'Nothing is here' : 'That did not work'}</h3>
      <p>{message}</p>
      {onRetry !== undefined && !isMissing(error) && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

function isMissing(error: Error): boolean {
  return error instanceof ApiError && error.status === 404;
}

interface EmptyProps {
  readonly title: string;
  readonly children?: ComponentChildren;
}

export function Empty({ title, children }: EmptyProps) {
  return (
    <div class="state">
      <h3>{title}</h3>
      {children}
    </div>
  );
}

interface WhenReadyProps<Value> {
  readonly loaded: Loaded<Value>;
  readonly onRetry: () => void;
  /** What stands for the content until it is there, and keeps its place. */
  readonly waiting?: ComponentChildren;
  readonly children: (value: Value) => ComponentChildren;
}

/** The content once it is there, and until then what stands for it. */
export function WhenReady<Value>({ loaded, onRetry, waiting = <Waiting />, children }: WhenReadyProps<Value>) {
  if (loaded.state === 'loading') return <>{waiting}</>;
  if (loaded.state === 'failed') return <Failed error={loaded.error} onRetry={onRetry} />;
  return <>{children(loaded.value)}</>;
}
