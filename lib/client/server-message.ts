import type { NumberedPoint, Outcome } from './point.ts';

/** What the server may say. */
export type ServerMessage =
  | { readonly kind: 'outcomes'; readonly outcomes: readonly PointOutcome[] }
  | { readonly kind: 'taken over'; readonly reason: string }
  | { readonly kind: 'sign of life' }
  /** It could not do what it was asked, which may pass. */
  | { readonly kind: 'trouble'; readonly reason: string };

interface PointOutcome {
  readonly sequence: number;
  readonly outcome: Outcome;
}

/** Sent when nothing else has been for a while; the server answers it with `{"pong":true}`. */
export const PING = '{"ping":true}';

/** The code of the message that tells a client that another connection has its id now. */
const TAKEN_OVER = 'taken-over';

const LONGEST_REASON = 200;

type Fields = Readonly<Record<string, unknown>>;

/** `alone`: it is not sent before all earlier ones are answered, and nothing is until it is; so the server need not order answers. */
export function pointsMessage(points: readonly NumberedPoint[]): string {
  const plain = points.map(({ sequence, timestamp, value }) => ({ sequence, timestamp, value }));
  return JSON.stringify(plain.length === 1 ? { ...plain[0], alone: true } : { points: plain, alone: true });
}

/** Reads a message of the server. What is none that is known is trouble, never an exception. */
export function readServerMessage(text: string): ServerMessage {
  const fields = fieldsOf(text);
  if (fields === undefined) return trouble(said(text));
  const { sequence, error, code, message, answers } = fields;
  if (code === TAKEN_OVER) return { kind: 'taken over', reason: said(error) };
  if (Array.isArray(answers)) return outcomesOf(answers);
  if (typeof sequence === 'number') return outcomesOf([fields]);
  if ('pong' in fields) return { kind: 'sign of life' };
  return trouble(said(error ?? message ?? text));
}

function outcomesOf(answers: readonly unknown[]): ServerMessage {
  const outcomes: PointOutcome[] = [];
  for (const answer of answers) {
    const read = isFields(answer) ? outcomeOf(answer) : undefined;
    if (read === undefined) return trouble(`its answer has no verdict: ${said(answer)}`);
    outcomes.push(read);
  }
  return { kind: 'outcomes', outcomes };
}

function outcomeOf({ sequence, error, anomaly, ...fields }: Fields): PointOutcome | undefined {
  if (typeof sequence !== 'number') return undefined;
  if (error !== undefined) return { sequence, outcome: { kind: 'refusal', reason: said(error) } };
  if (typeof anomaly !== 'boolean') return undefined;
  const { alert, late, duplicate, score, votes } = fields;
  return {
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
