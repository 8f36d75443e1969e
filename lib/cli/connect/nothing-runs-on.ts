import { NothingRuns } from '../usage-error.ts';
import { USUAL_DATA_FOLDER } from './target.ts';

export function nothingRunsOn(data: string): NothingRuns {
  const option = data === USUAL_DATA_FOLDER ? '' : ` --data=${data}`;
  return new NothingRuns(`nothing runs on ${data}; start it with: npx flagstone start${option}`);
}
