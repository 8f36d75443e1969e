import { useEffect, useState } from 'preact/hooks';

const listeners = new Set<(isReachable: boolean) => void>();
let reached = true;

/** Notes whether the last request was answered. */
export function tellReached(isReached: boolean): void {
  reached = isReached;
  for (const listener of listeners) listener(isReached);
}

/** Whether the API answered when it was asked last. */
export function useReachable(): boolean {
  const [isReachable, setReachable] = useState(reached);
  useEffect(() => {
    listeners.add(setReachable);
    return () => void listeners.delete(setReachable);
  }, []);
  return isReachable;
}
