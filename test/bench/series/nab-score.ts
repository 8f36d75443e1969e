import type { LabelledSeries } from './nab-series.ts';

/** What a missed window and a false alarm cost, where a window that is found at once earns 1. */
const PROFILES = {
  standard: { missed: 1, falseAlarm: 0.11 },
  'few false alarms': { missed: 1, falseAlarm: 0.22 },
  'few missed': { missed: 2, falseAlarm: 0.11 },
} as const;

type Profile = keyof typeof PROFILES;

export interface NabScore {
  /** 100: all found at once, and no false alarm. 0: no alarm at all. */
  readonly scores: Readonly<Record<Profile, number>>;
  readonly windows: number;
  readonly found: number;
  readonly falseAlarms: number;
}

export interface Alarms {
  readonly series: LabelledSeries;
  /** Their places, in ascending order. */
  readonly alarms: readonly number[];
}

/** The first 15 % of a series, of at most 5,000 values, are for learning: alarms there do not count. */
const LEARNING_SHARE = 0.15;
const LONGEST_SERIES = 5000;

/**
 * The scores of the Numenta Anomaly Benchmark (Lavin & Ahmad, "Evaluating Real-Time Anomaly Detection Algorithms", ICMLA
 * 2015, version 1.1 of the rules) for alarms as they are, without a search for the best threshold.
 */
export function scoreByNab(all: readonly Alarms[]): NabScore {
  const parts = all.map(scoreSeries);
  const windows = sumOf(all.map(({ series }) => series.windows.length));
  const gained = sumOf(parts.map(({ gained }) => gained));
  const lost = sumOf(parts.map(({ lost }) => lost));
  const missed = sumOf(parts.map(({ missed }) => missed));
  const scoreFor = (profile: Profile): number => {
    const { missed: missedCost, falseAlarm } = PROFILES[profile];
    const raw = gained - missed * missedCost - lost * falseAlarm;
    return (100 * (raw + windows * missedCost)) / (windows * (1 + missedCost));
  };
  return {
    scores: {
      standard: scoreFor('standard'),
      'few false alarms': scoreFor('few false alarms'),
      'few missed': scoreFor('few missed'),
    },
    windows,
    found: sumOf(parts.map(({ found }) => found)),
    falseAlarms: sumOf(parts.map(({ falseAlarms }) => falseAlarms)),
  };
}

interface Part {
  readonly gained: number;
  readonly lost: number;
  readonly found: number;
  readonly missed: number;
  readonly falseAlarms: number;
}

function scoreSeries({ series: { values, windows }, alarms }: Alarms): Part {
  const learning = Math.floor(LEARNING_SHARE * Math.min(values.length, LONGEST_SERIES));
  const counted = alarms.filter((place) => place >= learning);
  const isWithin = (place: number) => windows.some(([first, last]) => place >= first && place <= last);
  const earned = windows
    .filter(([, last]) => last >= learning)
    .map(([first, last]) => ({ alarm: counted.find((place) => place >= first && place <= last), first, last }))
    .map(({ alarm, first, last }) => (alarm === undefined ? undefined : gainAt(alarm, first, last)));
  const gains = earned.filter((gain) => gain !== undefined);
  const falseAlarms = counted.filter((place) => !isWithin(place));
  return {
    gained: sumOf(gains),
    lost: sumOf(falseAlarms.map((place) => -gainAfter(place, windows))),
    found: gains.length,
    missed: earned.length - gains.length,
    falseAlarms: falseAlarms.length,
  };
}

/** The earlier in the window, the closer to 1. */
function gainAt(place: number, first: number, last: number): number {
  return scaledSigmoid(-(last - place + 1) / (last - first + 1)) / scaledSigmoid(-1);
}

/** Soon after a window a false alarm costs less. */
function gainAfter(place: number, windows: LabelledSeries['windows']): number {
  const before = windows.findLast(([, last]) => last < place);
  return before === undefined ? -1 : scaledSigmoid((place - before[1]) / (before[1] - before[0]));
}

/** From nearly 1 far before 0 to -1 far behind it. */
function scaledSigmoid(position: number): number {
  return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
