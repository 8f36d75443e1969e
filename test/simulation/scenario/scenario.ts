import type { Draws } from '../world/draws.ts';
import { EventLines } from './event-lines.ts';

/** What the functions' environment says. */
export interface ScenarioSettings {
  readonly defaults: { readonly degrees: number; readonly tracked: number };
  readonly keptPurchases: number;
  readonly flushEvery: number;
  readonly historyMs: number;
  readonly retentionMs: number;
  /** Users in memory at most. */
  readonly mostUsers: number;
}

export interface PlannedRecord {
  readonly partitionKey: string;
  readonly data: string;
  /** Whether its lines are numbered, so that it may be put twice. */
  readonly isEnveloped: boolean;
}

export interface PlannedUpload {
  readonly key: string;
  readonly content: string;
}

export interface PlannedChange {
  readonly network: string;
  readonly degrees?: number;
  readonly tracked?: number;
}

/** How large a simulation is, where that is not to be drawn. */
export interface ScenarioSize {
  readonly shards: number;
  readonly networks: number;
}

/** What is going to be asked of the system; when, and what goes wrong meanwhile, is left to the simulation. */
export interface Scenario {
  readonly settings: ScenarioSettings;
  readonly networks: readonly string[];
  readonly users: number;
  /** How many times the work of a usual one it is: so many times the faults and the steps. */
  readonly scale: number;
  readonly shardCount: number;
  readonly mostSplits: number;
  readonly largestBatch: number;
  /** Each producer puts its records in order. */
  readonly producers: readonly (readonly PlannedRecord[])[];
  /** In order. */
  readonly uploads: readonly PlannedUpload[];
  readonly changes: readonly PlannedChange[];
}

const NETWORKS = ['default', 'shop', 'a.b-c_D'];
const HOUR_MS = 60 * 60_000;

export function drawScenario(draws: Draws, size?: ScenarioSize): Scenario {
  const usual = drawUsualScenario(draws);
  return size === undefined ? usual : { ...usual, ...drawAtScale(draws, size, usual.users) };
}

function drawUsualScenario(draws: Draws): Scenario {
  const networks = NETWORKS.slice(0, draws.pick([1, 1, 2, 3]));
  const users = draws.integer(4, 12);
  const lines = new EventLines(draws, users);
  const tracked = draws.integer(2, 5);
  return {
    settings: {
      defaults: { degrees: draws.integer(1, 3), tracked },
      keptPurchases: draws.pick([0, 0, tracked + 2]),
      flushEvery: draws.integer(1, 3),
      historyMs: 48 * HOUR_MS,
      retentionMs: 24 * HOUR_MS,
      mostUsers: draws.pick([3, 1_000_000]),
    },
    networks,
    users,
    scale: 1,
    shardCount: draws.integer(1, 4),
    mostSplits: draws.pick([0, 0, 1, 2]),
    largestBatch: draws.integer(1, 6),
    producers: Array.from({ length: draws.integer(1, 3) }, (_, index) =>
      drawProducer({ draws, lines, networks, name: `source-${index}` }),
    ),
    uploads: drawUploads(draws, lines, networks),
    changes: Array.from({ length: draws.integer(0, 3) }, () => drawChange(draws, networks)),
  };
}

const PRODUCERS = 32;

/** Many networks over many shards: every network has a source of its own, a few have logs dropped and parameters changed. */
function drawAtScale(draws: Draws, { shards, networks: count }: ScenarioSize, users: number): Partial<Scenario> {
  const networks = ['default', ...Array.from({ length: count - 1 }, (_, index) => `network-${index}`)];
  const sources = networks.map((network, index) => {
    const lines = new EventLines(draws, users);
    return drawProducer({ draws, lines, networks: [network], name: `source-${index}` }).slice(0, 6);
  });
  const few = networks.slice(0, Math.ceil(count / 50));
  return {
    networks,
    scale: count / NETWORKS.length,
    shardCount: shards,
    largestBatch: 200,
    producers: Array.from({ length: PRODUCERS }, (_, producer) =>
      inTurn(sources.filter((_, index) => index % PRODUCERS === producer)),
    ),
    uploads: few.flatMap((network) => drawUploads(draws, new EventLines(draws, users), [network])),
    changes: few.map(() => drawChange(draws, networks)),
  };
}

/** The first of each list, then the second of each, and so on. */
function inTurn<Value>(lists: readonly (readonly Value[])[]): Value[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) => lists.flatMap((list) => list.slice(place, place + 1))).flat();
}

interface ProducerPlan {
  readonly draws: Draws;
  readonly lines: EventLines;
  readonly networks: readonly string[];
  readonly name: string;
}

function drawProducer({ draws, lines, networks, name }: ProducerPlan): PlannedRecord[] {
  const network = draws.pick(networks);
  const isEnveloped = draws.chance(0.5);
  // What is put twice is told by its place in the source, so it keeps to one key; and so do those who care for order.
  const hasOneKey = isEnveloped || draws.chance(0.4);
  const records: PlannedRecord[] = [];
  let offset = 0;
  const count = draws.integer(2, 14);
  for (let record = 0; record < count; record++) {
    const batch = Array.from({ length: draws.integer(1, 4) }, () => lines.line(networkNamed(draws, networks, network)));
    const envelope = isEnveloped ? [JSON.stringify({ network, source: name, offset })] : [];
    offset += batch.length;
    records.push({
      partitionKey: hasOneKey ? network : String(draws.below(1000)),
      data: [...envelope, ...withNetwork(batch, isEnveloped ? undefined : network)].join('\n'),
      isEnveloped,
    });
  }
  return records;
}

/** Mostly the producer's own network, which goes without saying where there is an envelope. */
function networkNamed(draws: Draws, networks: readonly string[], own: string): string | undefined {
  if (draws.chance(0.02)) return 'no good name!';
  const network = draws.chance(0.85) ? own : draws.pick(networks);
  return network === own ? undefined : network;
}

/** Without an envelope, lines have to say their network; the bad ones do not. */
function withNetwork(lines: readonly string[], network: string | undefined): string[] {
  if (network === undefined || network === 'default') return [...lines];
  return lines.map((line) => (line.startsWith('{"event_type"') ? `{"network":"${network}", ${line.slice(1)}` : line));
}

function drawUploads(draws: Draws, lines: EventLines, networks: readonly string[]): PlannedUpload[] {
  return Array.from({ length: draws.pick([0, 1, 2, 3, 4]) }, () => {
    const network = draws.pick(networks);
    const folder = network === 'default' && draws.chance(0.7) ? '' : `${network}/`;
    if (draws.chance(0.3)) {
      return { key: `${folder}stream_log.json`, content: lines.lines(draws.integer(1, 12)).join('\n') };
    }
    return { key: `${folder}batch_log.json`, content: drawBatchLog(draws, lines) };
  });
}

function drawBatchLog(draws: Draws, lines: EventLines): string {
  if (draws.chance(0.1)) return draws.pick(['', '{"D":"0", "T":"5"}\n', 'no log at all']);
  const header = `{"D":"${draws.integer(1, 3)}", "T":"${draws.integer(2, 5)}"}`;
  return [header, ...lines.lines(draws.integer(0, 15)), ...(draws.chance(0.5) ? [''] : [])].join('\n');
}

function drawChange(draws: Draws, networks: readonly string[]): PlannedChange {
  return {
    network: draws.pick(networks),
    ...(draws.chance(0.7) ? { degrees: draws.integer(1, 3) } : {}),
    ...(draws.chance(0.7) ? { tracked: draws.integer(2, 5) } : {}),
  };
}
