import { quote, accept, reject, type Parsed } from '../events/event.ts';

/** A timestamp as the client gave it, and what it stands for: points are ordered by `time`, in milliseconds. */
export interface PointTime {
  readonly timestamp: string | number;
  readonly time: number;
}

/** From here on a number is taken for milliseconds: as seconds it would be the year 5138. */
const LEAST_MILLISECONDS = 1e11;
const LONGEST_TEXT = 64;

const DATE = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d)?(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?$/;
const NUMBER = /^-?\d{1,15}(?:\.\d{1,9})?$/;
const ALLOWED = 'a number, or text such as "2026-11-21 10:00:00"';

/** Reads seconds or, from 1e11 on, milliseconds since 1970, or the text of a date: UTC where it names no zone. */
export function readPointTime(given: unknown): Parsed<PointTime> {
  const time = typeof given === 'string' ? timeOfText(given) : timeOfNumber(given);
  if (time === undefined) return reject(`timestamp must be ${ALLOWED} (given ${quote(given)})`);
  return accept({ timestamp: given as string | number, time });
}

function timeOfNumber(given: unknown): number | undefined {
  if (typeof given !== 'number' || !Number.isFinite(given)) return undefined;
  return Math.abs(given) < LEAST_MILLISECONDS ? given * 1000 : given;
}

function timeOfText(text: string): number | undefined {
  if (text.length > LONGEST_TEXT) return undefined;
  if (NUMBER.test(text)) return timeOfNumber(Number(text));
  const [, day, minutes = '00:00', seconds = ':00', fraction = '0', zone = 'Z'] = DATE.exec(text) ?? [];
  if (day === undefined || !isRealDay(day)) return undefined;
  const whole = Date.parse(`${day}T${minutes}${seconds}${zone}`);
  return Number.isNaN(whole) ? undefined : whole + Number(`0.${fraction}`) * 1000;
}

/** The 30th of February is read as a day in March. */
function isRealDay(day: string): boolean {
  const time = Date.parse(day);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
