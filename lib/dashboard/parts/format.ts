const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 });
const money = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const significant = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 });

export function showCount(count: number): string {
  return count < 10_000_000 ? whole.format(count) : compact.format(count);
}

/** `3 points`, `1 point`. */
export function showNumberOf(count: number, name: string): string {
  return `${showCount(count)} ${name}${count === 1 ? '' : 's'}`;
}

/** An amount as it came, with separators: digits are never lost. */
export function showAmount(amount: string | number): string {
  if (typeof amount === 'number') return money.format(amount);
  const [units = '', decimals = ''] = amount.split('.');
  return `${units.replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${decimals.padEnd(2, '0')}`;
}

/** A value of a series. */
export function showValue(value: number): string {
  return significant.format(value);
}

export function showShare(share: number): string {
  return percent.format(share);
}

/** A user by their id; whoever was deleted has none. */
export function showUser(user: string): string {
  return user === '' ? 'a deleted user' : user;
}

/** `grocery_pos` as people write it. */
export function showName(name: string): string {
  return name.replaceAll('_', ' ');
}

export function showDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 90_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return milliseconds < 5_400_000
    ? `${Math.round(milliseconds / 60_000)} min`
    : `${Math.round(milliseconds / 3_600_000)} h`;
}

/** A time as events have them, in UTC. */
export function showTime(milliseconds: number): string {
  const text = new Date(milliseconds).toISOString().replace('T', ' ');
  return milliseconds % 1000 === 0 ? text.slice(0, 19) : text.slice(0, 23);
}

/** How long ago an ISO time was. */
export function showAge(iso: string): string {
  const seconds = Math.max(0, (Date.now() - Date.parse(iso)) / 1000);
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h ago` : iso.slice(0, 10);
}

/** How many times as much; without digits that say nothing. */
export function showTimes(times: number): string {
  return `${times < 10 ? times.toFixed(1) : whole.format(times)} times`;
}
