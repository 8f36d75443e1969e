import type { Seconds } from './event.ts';

const SHAPE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const DAYS_IN_MONTH = Uint8Array.of(31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);
const DAYS_BEFORE_MONTH = Uint16Array.of(0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334);
const DAYS_FROM_YEAR_0_TO_1970 = 719_528;

/** Reads `YYYY-MM-DD HH:MM:SS`; undefined if the text has another form or names no real date and time. */
export function parseTimestamp(text: string): Seconds | undefined {
  if (!SHAPE.test(text)) return undefined;
  const seconds = secondsAt(Number(text.replace(/\D/g, '')));
  return Number.isNaN(seconds) ? undefined : seconds;
}

/** The instant that is written with the 14 digits `YYYYMMDDHHMMSS`; NaN if there is no such date or time. */
export function secondsAt(digits: number): Seconds {
  const year = Math.floor(digits / 1e10);
  const month = Math.floor(digits / 1e8) % 100;
  const day = Math.floor(digits / 1e6) % 100;
  const hour = Math.floor(digits / 1e4) % 100;
  const minute = Math.floor(digits / 100) % 100;
  const second = digits % 100;
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return NaN;
  const leapDay = isLeapYear(year) ? 1 : 0;
  if (day < 1 || day > DAYS_IN_MONTH[month - 1]! + (month === 2 ? leapDay : 0)) return NaN;
  const dayOfYear = DAYS_BEFORE_MONTH[month - 1]! + (month > 2 ? leapDay : 0) + day - 1;
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

/** Days from the start of year 0, itself a leap year, to the start of a year. */
function daysBeforeYear(year: number): number {
  const last = year - 1;
  return year * 365 + Math.floor(last / 4) - Math.floor(last / 100) + Math.floor(last / 400) + 1;
}
