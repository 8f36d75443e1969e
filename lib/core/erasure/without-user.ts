import type { CommitBody, FlaggedPurchase, Report } from '../cloud/commit-body.ts';
import { usersOf } from '../cloud/replay.ts';
import { reportText } from '../cloud/report-text.ts';
import type { UserId } from '../events/event.ts';
import { namesUser } from './names-user.ts';

/** What stands where a user stood who was deleted. No user's id is empty. */
const DELETED_USER = '' as UserId;

/** A flagged purchase without a user: undefined where it is theirs; the same object where it does not name them. */
export function flagWithoutUser<Flagged extends FlaggedPurchase>(flagged: Flagged, user: UserId): Flagged | undefined {
  if (flagged.purchase.user === user) return undefined;
  const { judgedAgainst } = flagged.flag;
  if (!judgedAgainst.some((purchase) => purchase.user === user)) return flagged;
  const nameless = judgedAgainst.map((purchase) =>
    purchase.user === user ? Object.assign({}, purchase, { user: DELETED_USER }) : purchase,
  );
  return { ...flagged, flag: { ...flagged.flag, judgedAgainst: nameless } };
}

/** The body of a commit that nobody replays any more, without a user; the same object where it does not name them. */
export function bodyWithoutUser(body: CommitBody, user: UserId): CommitBody {
  const events = body.events.filter((event) => !usersOf(event).includes(user));
  const flagged = body.flagged.flatMap((one) => flagWithoutUser(one, user) ?? []);
  const rejected = body.rejected.filter(({ text }) => !namesUser(text, user));
  const report = body.report && reportOfBody(body.report, user);
  const isSame =
    events.length === body.events.length &&
    flagged.length === body.flagged.length &&
    flagged.every((one, index) => one === body.flagged[index]) &&
    rejected.length === body.rejected.length &&
    report?.text === body.report?.text &&
    body.forgets !== user;
  if (isSame) return body;
  const { forgets, ...rest } = body;
  return {
    ...rest,
    events,
    flagged,
    rejected,
    ...(report && { report }),
    ...(forgets !== undefined && forgets !== user && { forgets }),
  };
}

function reportOfBody(report: Report, user: UserId): Report {
  return { ...report, text: reportWithoutUser(report.text, user) };
}

/** JSON lines without those that name a user, be it within the rejected line that they tell of. */
export function linesWithoutUser(text: string, user: UserId): string {
  return text
    .split(/(?<=\n)/)
    .filter((line) => !namesUser(line, user) && !namesUser(rejectedIn(line), user))
    .join('');
}

function rejectedIn(line: string): string {
  if (!line.includes('"line"')) return '';
  const { line: rejected } = JSON.parse(line) as { readonly line?: unknown };
  return typeof rejected === 'string' ? rejected : '';
}

interface ShownReport {
  readonly rejected_lines?: readonly { readonly line: string }[];
}

/** A report on a log without the rejected lines that name a user. */
export function reportWithoutUser(text: string, user: UserId): string {
  const report = JSON.parse(text) as ShownReport;
  const kept = report.rejected_lines?.filter(({ line }) => !namesUser(line, user));
  if (kept?.length === report.rejected_lines?.length) return text;
  return reportText({ ...report, rejected_lines: kept });
}
