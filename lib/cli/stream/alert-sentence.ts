import type { SeriesAnswer } from '../../client/point.ts';
import type { Paint } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';

/** What is out of line, for people. */
export function alertSentence({ timestamp, value, score, votes = {} }: SeriesAnswer, paint: Paint): string {
  const models = Object.keys(votes).filter((model) => votes[model] === true);
  const why = [
    ...(score === undefined ? [] : [`score ${score.toFixed(3)}`]),
    ...(models.length > 0 ? [models.join(', ')] : []),
  ];
  const shown = paint('bold', paint('red', String(value)));
  return printableLine(`${printable(String(timestamp))}  ${shown}`, why);
}

function printableLine(line: string, why: readonly string[]): string {
  return why.length === 0 ? line : `${line}  (${printable(why.join('; '))})`;
}
