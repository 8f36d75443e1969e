import type { Resources } from '../../local/run-file.ts';

/** What `init` has found or made. */
export interface FoundSystem {
  /** A sentence. */
  readonly verdict: string;
  readonly resources: Resources;
  /** Further sentences. */
  readonly notes: readonly string[];
}

const LABELS: { readonly [Name in keyof Resources]: string } = {
  inputBucket: 'input bucket',
  outputBucket: 'output bucket',
  journalBucket: 'journal bucket',
  stateTable: 'table',
  transactionTable: 'transactions',
  profileTable: 'profiles',
  trainFunction: 'training',
  eraseFunction: 'erasing',
  stream: 'stream',
};

const PURPOSES: { readonly [Name in keyof Resources]: string } = {
  inputBucket: 'batch_log.json and stream_log.json, or NETWORK/batch_log.json and so on, are dropped here',
  outputBucket: 'flagged purchases, anomalous transactions, rejected lines, reports',
  journalBucket: 'what was committed, and what was given up',
  stateTable: 'the state of the networks',
  transactionTable: 'card transactions with their verdicts',
  profileTable: 'what is known of the users of cards',
  trainFunction: 'the function that trains the model of transactions',
  eraseFunction: 'the function that removes somebody’s data',
  stream: 'events are put here',
};

const NAMES = Object.keys(LABELS) as (keyof Resources)[];

export function forPeople({ verdict, resources, notes }: FoundSystem): string {
  const labels = Math.max(...NAMES.map((name) => LABELS[name].length));
  const names = Math.max(...NAMES.map((name) => resources[name].length));
  const rows = NAMES.map(
    (name) => `  ${LABELS[name].padEnd(labels)}  ${resources[name].padEnd(names)}  ${PURPOSES[name]}`,
  );
  return [verdict, ...rows, ...notes].map((line) => `${line}\n`).join('');
}

export function jsonLines({ resources }: FoundSystem): string {
  return NAMES.map((name) => `${JSON.stringify({ resource: name, name: resources[name] })}\n`).join('');
}
