import { byteAt, COLON, digitAt, MINUS } from './text';

const SPACE: u32 = 32;
const DAYS_FROM_YEAR_0_TO_1970: i32 = 719528;

/** The instant that is written at a place as `YYYY-MM-DD HH:MM:SS`; NaN if there is no such date or time. */
export function secondsAt(at: usize): f64 {
  if (byteAt(at + 4) != MINUS || byteAt(at + 7) != MINUS || byteAt(at + 10) != SPACE) return NaN;
  if (byteAt(at + 13) != COLON || byteAt(at + 16) != COLON) return NaN;
  const century = twoDigits(at);
  const yearOfCentury = twoDigits(at + 2);
  const month = twoDigits(at + 5);
  const day = twoDigits(at + 8);
  const hour = twoDigits(at + 11);
  const minute = twoDigits(at + 14);
  const second = twoDigits(at + 17);
  if (century < 0 || yearOfCentury < 0 || month < 1 || month > 12 || day < 1) return NaN;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return NaN;
  const year = century * 100 + yearOfCentury;
  const daysInMonth = daysBefore(month + 1, year) - daysBefore(month, year);
  if (day > daysInMonth) return NaN;
  const days = daysBeforeYear(year) + daysBefore(month, year) + day - 1 - DAYS_FROM_YEAR_0_TO_1970;
  return (<f64>days * 24 + <f64>hour) * 3600 + <f64>(minute * 60 + second);
}

/** The number that two digits write; negative if they are none. */
function twoDigits(at: usize): i32 {
  const tens = digitAt(at);
  const ones = digitAt(at + 1);
  return tens < 10 && ones < 10 ? <i32>(tens * 10 + ones) : -1;
}

/** Days of a year before its month; of month 13 all. From March on, 153 days in five months (Zeller, 1882). */
function daysBefore(month: i32, year: i32): i32 {
  if (month <= 2) return (month - 1) * 31;
  return 59 + (isLeapYear(year) ? 1 : 0) + (153 * (month - 3) + 2) / 5;
}

function isLeapYear(year: i32): bool {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/** Days from the start of year 0, itself a leap year, to the start of a year. */
function daysBeforeYear(year: i32): i32 {
  if (year == 0) return 0;
  const last = year - 1;
  return year * 365 + last / 4 - last / 100 + last / 400 + 1;
}
