import { MODEL_NAMES } from '../../../lib/core/series/models.ts';
import type { SeriesOptions } from '../../../lib/core/series/series-options.ts';
import { formatTable } from '../table.ts';
import { alertsOf, alertsOfEach } from './alarms.ts';
import { scoreByNab, type NabScore } from './nab-score.ts';
import { hasNab, readNab, type LabelledSeries } from './nab-series.ts';

const HEADINGS = ['alerts', 'standard', 'few false alarms', 'few missed', 'found', 'false alarms'];

const WINDOW = 1000;

type Tell = (text: string) => void;

/** How the alerts score by the rules of the Numenta Anomaly Benchmark: of all five models, and of each alone. */
export function tabulateSeriesQuality(tell: Tell): string {
  if (!hasNab) return 'The labelled series are not there.';
  const all = readNab();
  const halves = [0, 1].map((half) => all.filter((_, nth) => nth % 2 === half));
  const rowFor = (name: string, options: SeriesOptions, series = all): string[] => {
    tell(name);
    return rowOf(name, scoreDetector(series, options));
  };
  return formatTable([
    HEADINGS,
    ...[WINDOW, 200, 50].map((window) => rowFor(`five models, window ${window}`, { window })),
    ...halves.map((half, nth) => rowFor(`half ${nth + 1} of the series, window ${WINDOW}`, { window: WINDOW }, half)),
    rowFor(`textbook limits, window ${WINDOW}`, { window: WINDOW, limits: 'textbook' }),
    ...rowsOfEach(all),
  ]);
}

function scoreDetector(all: readonly LabelledSeries[], options: SeriesOptions): NabScore {
  return scoreByNab(all.map((series) => ({ series, alarms: alertsOf(series.values, options) })));
}

function rowsOfEach(all: readonly LabelledSeries[]): string[][] {
  const alarmsOfEach = all.map((series) => ({ series, ofEach: alertsOfEach(series.values, WINDOW) }));
  return MODEL_NAMES.map((name, model) =>
    rowOf(
      `${name} alone, window ${WINDOW}`,
      scoreByNab(alarmsOfEach.map(({ series, ofEach }) => ({ series, alarms: ofEach[model]! }))),
    ),
  );
}

function rowOf(name: string, { scores, found, windows, falseAlarms }: NabScore): string[] {
  return [name, ...Object.values(scores).map((score) => score.toFixed(1)), `${found} of ${windows}`, `${falseAlarms}`];
}
