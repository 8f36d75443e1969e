import { CHUNK_POINTS, type Reply, type ReplyPart, type SeriesHead } from './series-head.ts';
import { answerTo } from './stored-point.ts';

/** What became of an entry: it changed the series and is answered in its turn, or changed nothing. */
export type Outcome =
  | { readonly kind: 'taken'; readonly reply: Reply }
  | { readonly kind: 'answered'; readonly to: string; readonly text: string };

/** The outcome of a list from those of what it holds: it gets one answer. */
export function joinOutcomes(to: string, outcomes: readonly Outcome[]): Outcome {
  const texts = outcomes.flatMap((outcome) => (outcome.kind === 'answered' ? outcome.text : []));
  if (texts.length === outcomes.length) return { kind: 'answered', to, text: listText(texts) };
  return { kind: 'taken', reply: { to, list: joinRuns(outcomes.flatMap(partsOf)) } };
}

function partsOf(outcome: Outcome): readonly ReplyPart[] {
  if (outcome.kind === 'answered') return [{ text: outcome.text }];
  const { reply } = outcome;
  if ('list' in reply) return reply.list;
  if ('text' in reply) return [{ text: reply.text }];
  const { sequence, place } = reply;
  return [{ ...(sequence !== undefined && { sequence }), place, count: 1 }];
}

/** New points that follow each other take the room of one: mostly all of a list do. */
function joinRuns(parts: readonly ReplyPart[]): ReplyPart[] {
  const joined: ReplyPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const isNext = last !== undefined && 'place' in last && 'place' in part && follows(last, part);
    if (isNext) joined[joined.length - 1] = { ...last, count: last.count + part.count };
    else joined.push(part);
  }
  return joined;
}

type Run = Extract<ReplyPart, { place: number }>;

/** Within a message all have numbers that follow each other, or none has. */
function follows(last: Run, { place }: Run): boolean {
  return place === last.place + last.count;
}

/** The text of a reply of the last commit. */
export function replyText(head: SeriesHead, reply: Reply): string {
  if ('text' in reply) return reply.text;
  if ('place' in reply) return pointText(head, reply);
  return listText(
    reply.list.flatMap((part) => {
      if ('text' in part) return part.text;
      return Array.from({ length: part.count }, (_, index) => pointText(head, nthOf(part, index)));
    }),
  );
}

function nthOf({ sequence, place }: Run, index: number): { readonly sequence?: number; readonly place: number } {
  return { ...(sequence !== undefined && { sequence: sequence + index }), place: place + index };
}

function pointText(
  head: SeriesHead,
  { place, sequence }: { readonly place: number; readonly sequence?: number },
): string {
  const point = head.tail[place - head.chunks * CHUNK_POINTS];
  if (point === undefined) throw new RangeError(`the answer to point ${place} is no longer in the head`);
  return JSON.stringify(answerTo(point, sequence, false));
}

function listText(answers: readonly string[]): string {
  return `{"answers":[${answers.join(',')}]}`;
}
