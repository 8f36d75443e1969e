import { asError } from '../../lib/adapters/as-error.ts';
import { streamHandler } from '../../lib/adapters/stream/stream-handler.ts';
import { readSettings } from '../../lib/adapters/environment.ts';
import { connectNetworks, MOST_USERS } from '../../lib/adapters/network/connect-networks.ts';
import { Counters } from '../../lib/adapters/telemetry/counters.ts';
import { openLog } from '../../lib/adapters/telemetry/log.ts';
import type { RedriveAnswer, RedriveRequest } from '../../lib/core/operations/redrive.ts';
import { flaggedKey } from '../../lib/core/cloud/object-keys.ts';
import { LiveEvents } from './live-events.ts';

// Once per cold start.
const logger = openLog();
const counters = new Counters('live-events');
const { openSession, journal } = connectNetworks(readSettings(process.env));
const liveEvents = new LiveEvents({
  openSession,
  mostUsers: MOST_USERS,
  onApplied: (network, { events, flagged, rejected, conflicts, usersRead, commit }) => {
    const commits = Number(events + rejected > 0);
    counters.note({ Events: events, Flagged: flagged, Rejected: rejected, Commits: commits });
    counters.note({ CommitConflicts: conflicts, UsersRead: usersRead });
    const flagsIn = commit !== undefined && flagged > 0 ? flaggedKey(network, commit.load, commit.version) : undefined;
    const made = { commit: commit?.version, sources: commit?.sourceCovers, flags: flagsIn };
    logger.info('applied', { network, ...made, events, flagged, rejected, conflicts });
  },
  onFailed: (network, error) =>
    logger.error('not applied; the batch will come again', { network, error: asError(error) }),
});

async function redrive(request: RedriveRequest): Promise<RedriveAnswer> {
  // Nothing that a usual cold start has to load.
  const { redriveNetworks } = await import('./redrive-networks.ts');
  return redriveNetworks(request, {
    journal,
    openSession,
    onFailed: (network, error) => logger.error('not put back', { network, error: asError(error) }),
  });
}

// Called by the event source mapping, once per batch, and by flagstone redrive.
export const handler = streamHandler({
  logger,
  counters,
  handle: (event, invocation) => liveEvents.handle(event, invocation),
  redrive,
});
