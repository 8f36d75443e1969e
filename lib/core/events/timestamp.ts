import type { Seconds } from './event.ts';

const SHAPE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/** Reads `YYYY-MM-DD HH:MM:SS`; undefined if the text has another form or names no real date and time. */
export function parseTimestamp(text: string): Seconds | undefined {
  if (!SHAPE.test(text)) return undefined;
  const time = Date.parse(`${text.replace(' ', 'T')}Z`) / 1000;
  // The 30th of February is read as a day in March.
  return !Number.isNaN(time) && formatTimestamp(time) === text ? time : undefined;
}

/** The text that {@link parseTimestamp} reads. */
export function formatTimestamp(time: Seconds): string {
  return new Date(time * 1000).toISOString().slice(0, 19).replace('T', ' ');
}
