import type { NumberedPoint, Outcome } from './point.ts';

/** What the server may say. */
export type ServerMessage =
  | { readonly kind: 'outcome'; readonly sequence: number; readonly outcome: Outcome }
  | { readonly kind: 'taken over'; readonly reason: string }
  | { readonly kind: 'sign of life' }
  /** It could not do what it was asked, which may pass. */
  | { readonly kind: 'trouble'; readonly reason: string };

/** Sent when nothing else has been for a while; the server answers it with `{"pong":true}`. */
export const PING = '{"ping":true}';

/** The code of the message that tells a client that another connection has its id now. */
const TAKEN_OVER = 'taken-over';

const LONGEST_REASON = 200;

type Fields = Readonly<Record<string, unknown>>;

export function pointMessage({ sequence, timestamp, value }: NumberedPoint): string {
  return JSON.stringify({ sequence, timestamp, value });
}

/** Reads a message of the server. What is none that is known is trouble, never an exception. */
export function readServerMessage(text: string): ServerMessage {
  const fields = fieldsOf(text);
  if (fields === undefined) return trouble(said(text));
  const { sequence, error, code, message } = fields;
  if (code === TAKEN_OVER) return { kind: 'taken over', reason: said(error) };
  if (typeof sequence === 'number') return outcomeOf(sequence, fields);
  if ('pong' in fields) return { kind: 'sign of life' };
  return trouble(said(error ?? message ?? text));
}

function outcomeOf(sequence: number, fields: Fields): ServerMessage {
  const { error, anomaly, alert, late, duplicate, score, votes } = fields;
  if (error !== undefined) return { kind: 'outcome', sequence, outcome: { kind: 'refusal', reason: said(error) } };
  if (typeof anomaly !== 'boolean') return trouble(`its answer to point ${sequence} has no verdict`);
  return {
    kind: 'outcome',
    sequence,
    outcome: {
      kind: 'answer',
      anomaly,
      alert: alert === true,
      late: late === true,
      duplicate: duplicate === true,
      ...(typeof score === 'number' && { score }),
      ...(isVotes(votes) && { votes }),
    },
  };
}

function isVotes(votes: unknown): votes is Readonly<Record<string, boolean>> {
  return isFields(votes) && Object.values(votes).every((vote) => typeof vote === 'boolean');
}

function fieldsOf(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function trouble(reason: string): ServerMessage {
  return { kind: 'trouble', reason };
}

function said(value: unknown): string {
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, LONGEST_REASON);
}
