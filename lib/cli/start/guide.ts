import type { RunFile } from '../../local/run-file.ts';
import { USUAL_DATA_FOLDER } from '../connect/target.ts';
import type { Paint } from '../terminal/paint.ts';
import { columns, sections } from '../terminal/sections.ts';
import { DEMO_NETWORK } from './demo.ts';

export interface GuideOptions {
  readonly file: Pick<RunFile, 'endpoints' | 'resources'>;
  readonly data: string;
  readonly demo: boolean;
  /** Since the process was started. */
  readonly seconds: number;
  /** Sentences on what the template now says otherwise and stays as it was. */
  readonly unchanged: readonly string[];
  readonly paint: Paint;
}

/** What there is to try: what for, and the commands as they are pasted. */
type Trials = readonly (readonly [purpose: string, ...commands: readonly string[]])[];

const DEMO_TRIALS: Trials = [
  ['what is flagged, as it happens', `flagged --network=${DEMO_NETWORK} --follow`],
  ['what is flagged, as a file', `flagged --network=${DEMO_NETWORK} > flagged_purchases.json`],
];

const TRIALS: Trials = [
  ['how everything is, and how far behind', 'status'],
  [
    'a network of your own: its past, what is to be judged, what is flagged',
    'send events/batch_log.json --network=mine',
    'send events/stream_log.json --network=mine',
    'flagged --network=mine',
  ],
  ['a series of points, and its alerts', 'stream events/prices.csv --client-id=prices --window=200'],
  ['transactions of cards, and those that are anomalous', 'produce --count=1000 --rate=200', 'flagged --transactions'],
];

/** What is said once everything answers. */
export function guide(options: GuideOptions): string {
  const { file, data, demo, seconds, unchanged, paint } = options;
  const parts: Readonly<Record<string, readonly string[]>> = {
    'Open in a browser': [
      paint('cyan', `${file.endpoints.http ?? ''}/`),
      ...(demo ? ['within a minute there is something to see on every page'] : []),
    ],
    'Try, from another terminal in this folder': trials(options).flatMap(([purpose, ...commands]) =>
      [paint('dim', purpose), commands.map((command) => `  ${pasted(command, data)}`)].flat(),
    ),
    'Where things are': columns(places(options)),
    ...(unchanged.length > 0 && { 'Not changed': unchanged }),
  };
  const started = paint('green', `Flagstone runs on ${data}, ${seconds.toFixed(1)} s after its start.`);
  return `${started}\n\n${sections(parts, paint)}\nCtrl-C stops it. What it knows stays.\n`;
}

function trials({ demo }: GuideOptions): Trials {
  return demo ? [...DEMO_TRIALS, ...TRIALS] : TRIALS;
}

function pasted(command: string, data: string): string {
  if (data === USUAL_DATA_FOLDER) return `npx flagstone ${command}`;
  const [words = '', ...file] = command.split(' > ');
  return [`npx flagstone ${words} --data=${data}`, ...file].join(' > ');
}

function places({ file: { endpoints, resources }, data }: GuideOptions): (readonly [string, string])[] {
  return [
    ['API', `${endpoints.http ?? ''}/api/openapi.json`],
    ['series', endpoints.series ?? ''],
    ['S3', `${endpoints.s3}  buckets ${resources.inputBucket}, ${resources.outputBucket}`],
    ['Kinesis', `${endpoints.kinesis}  stream ${resources.stream}`],
    ['DynamoDB', endpoints.dynamodb],
    ['Lambda', endpoints.lambda ?? ''],
    ['data', `${data}, the functions' logs in ${data}/logs`],
  ];
}
