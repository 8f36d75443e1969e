import type { Screen } from '../host.ts';

/**
 * Writes and waits until it is taken, so that a slow reader holds us back instead of filling our memory.
 * A reader that has gone away is no error, for what it would have read is not the result: then it gives false.
 */
export function print(screen: Screen, text: string): Promise<boolean> {
  return new Promise((resolve) => screen.write(text, (error) => resolve(!error)));
}
