import { UsageError } from '../usage-error.ts';
import { codeOf } from './error-code.ts';

/** Who was to read what is written has seen enough. */
export class ReaderGone extends UsageError {}

/** What the operating system or zlib refused, as one line: `cannot read log.json: no such file or directory`. */
export function cannot(action: string, path: string, error: unknown): UsageError {
  if (error instanceof UsageError) return error;
  const Refusal = codeOf(error) === 'EPIPE' ? ReaderGone : UsageError;
  return new Refusal(`cannot ${action} ${path}: ${plainReason(error)}`, { cause: error });
}

function plainReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (codeOf(error) === 'EPIPE') return 'its reader has gone';
  if (codeOf(error).startsWith('Z_')) return `the gzip data is broken (${message})`;
  // ENOENT: no such file or directory, stat 'log.json'
  return /^E[A-Z0-9]+: (.*?), \w+(?: .*)?$/s.exec(message)?.[1] ?? message;
}
