import type { Seconds } from './event.ts';

const SHAPE = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/;
const DAYS_IN_MONTH = Uint8Array.of(31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);
const DAYS_BEFORE_MONTH = Uint16Array.of(0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334);
const DAYS_FROM_YEAR_0_TO_1970 = 719_528;

/** Reads `YYYY-MM-DD HH:MM:SS`; undefined if the text has another form or names no real date and time. */
export function parseTimestamp(text: string): Seconds | undefined {
  const parts = SHAPE.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  const seconds = secondsAt(year, month, day, hour, minute, second);
  return Number.isNaN(seconds) ? undefined : seconds;
}

/** The instant of a calendar date (year 0 to 9999) and time of day; NaN if there is no such date or time. */
export function secondsAt(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): Seconds {
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return NaN;
  const leapDay = isLeapYear(year) ? 1 : 0;
  const longest = (DAYS_IN_MONTH[month - 1] ?? 0) + (month === 2 ? leapDay : 0);
  if (day < 1 || day > longest) return NaN;
  const dayOfYear = (DAYS_BEFORE_MONTH[month - 1] ?? 0) + (month > 2 ? leapDay : 0) + day - 1;
  const days = daysBeforeYear(year) + dayOfYear - DAYS_FROM_YEAR_0_TO_1970;
  return ((days * 24 + hour) * 60 + minute) * 60 + second;
}

/** The text that {@link parseTimestamp} reads. */
export function formatTimestamp(time: Seconds): string {
  return new Date(time * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysBeforeYear(year: number): number {
  if (year === 0) return 0;
  const last = year - 1;
  return year * 365 + Math.floor(last / 4) - Math.floor(last / 100) + Math.floor(last / 400) + 1;
}
