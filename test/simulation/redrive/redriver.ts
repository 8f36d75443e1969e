import type { RedriveAnswer } from '../../../lib/core/operations/redrive.ts';
import type { SimulatedS3 } from '../services/simulated-s3.ts';
import type { Actor, Offer } from '../world/actor.ts';
import type { Draws } from '../world/draws.ts';
import type { Lambda } from '../world/lambda.ts';
import type { Trace } from '../world/trace.ts';

export interface RedriverOptions {
  readonly s3: SimulatedS3;
  readonly bucket: string;
  readonly lambda: Lambda;
  readonly draws: Draws;
  readonly trace: Trace;
}

const MOST_AT_ONCE = 2;

/** The one on call, who runs `flagstone redrive` now and then, twice at once, in any order, and is interrupted before an object is removed. */
export class Redriver implements Actor {
  /** What was answered that may not be: of the whole history nothing is gone. */
  readonly faults: string[] = [];
  readonly #options: RedriverOptions;
  #underWay = 0;

  constructor(options: RedriverOptions) {
    this.#options = options;
  }

  offers(isCalm: boolean): Offer[] {
    const { s3, bucket } = this.#options;
    if (this.#underWay >= MOST_AT_ONCE) return [];
    const kept = s3.objects(bucket).filter(({ key }) => key.startsWith('aws/lambda/'));
    return kept.map(({ key, body }) => ({ weight: isCalm ? 1 : 0.05, run: () => this.#redrive(key, body, isCalm) }));
  }

  #redrive(key: string, body: Uint8Array, isCalm: boolean): void {
    const { s3, bucket, lambda, draws, trace } = this.#options;
    this.#underWay++;
    const { requestContext } = JSON.parse(Buffer.from(body).toString()) as { requestContext: { functionArn: string } };
    const isDryRun = !isCalm && draws.chance(0.1);
    trace.note(() => `${isDryRun ? 'looks at' : 'puts back'} ${key}`);
    const name = `redrive-${requestContext.functionArn.split(':')[6]}`;
    lambda.invoke(name, { redrive: { key, isDryRun } }, (outcome) => {
      this.#underWay--;
      if (outcome.type !== 'returned') return;
      const answer = outcome.value as RedriveAnswer;
      if (answer.outcome === 'refused') this.faults.push(`${key} is refused: ${answer.reason}`);
      const parts = answer.outcome === 'read' ? answer.parts : [];
      if (parts.some(({ unknown }) => unknown > 0)) this.faults.push(`${key}: ${JSON.stringify(parts)}`);
      const isInterrupted = !isCalm && draws.chance(0.3);
      if (isDryRun || isInterrupted || parts.some(({ failure }) => failure !== undefined)) return;
      s3.execute({ name: 'DeleteObjectsCommand', input: { Bucket: bucket, Delete: { Objects: [{ Key: key }] } } });
    });
  }
}
