import { CalibratedLimit } from '../../../lib/core/series/calibrated-limit.ts';
import { Episodes } from '../../../lib/core/series/episodes.ts';
import { calibrate, makeCalibration, ratePoint, STRENGTHS } from '../../../lib/core/series/judge-point.ts';
import { MODEL_NAMES } from '../../../lib/core/series/models.ts';
import { ENOUGH_TO_CALIBRATE, ENOUGH_TO_JUDGE, SeriesDetector } from '../../../lib/core/series/series-detector.ts';
import type { SeriesOptions } from '../../../lib/core/series/series-options.ts';
import { SeriesWindow } from '../../../lib/core/series/series-window.ts';

/** The places of the values at which a detector gives an alert. */
export function alertsOf(values: readonly number[], options: SeriesOptions): number[] {
  const detector = new SeriesDetector(options);
  return values.flatMap((value, place) => {
    const verdict = detector.score(value);
    detector.learn(value, verdict);
    return verdict.alert ? [place] : [];
  });
}

/** The places at which each of the models would give an alert if it were alone, in the order of the table. */
export function alertsOfEach(values: readonly number[], window: number): number[][] {
  const seen = new SeriesWindow(window);
  const calibration = makeCalibration(() => new CalibratedLimit());
  const episodes = MODEL_NAMES.map(() => new Episodes());
  const alerts = MODEL_NAMES.map((): number[] => []);
  for (const [place, value] of values.entries()) {
    const point = seen.pointOf(value);
    const isJudged = seen.length >= Math.min(window, ENOUGH_TO_JUDGE);
    const rates = ratePoint(seen, point);
    const strengths = STRENGTHS.calibrated(rates, calibration);
    for (const [model, episode] of episodes.entries()) {
      const strength = strengths[model]!;
      const isAlert = isJudged && strength > 1 && episode.isOnset(strength);
      episode.learn(isAlert);
      if (isAlert) alerts[model]!.push(place);
    }
    if (seen.length >= Math.min(window, ENOUGH_TO_CALIBRATE)) calibrate(calibration, { rates, isJudged });
    seen.learn(point);
  }
  return alerts;
}
