import type { Construct } from 'constructs';
import type { AsynchronousFunction } from './asynchronous-function.ts';
import type { FlagstoneFunction } from './flagstone-function.ts';
import type { PrivateBucket } from './private-bucket.ts';
import { RuleTrigger } from './rule-trigger.ts';

interface UploadTriggerProps {
  readonly bucket: PrivateBucket;
  /** `batch_log.json` also stands for `NETWORK/batch_log.json`, and for both with `.gz`. */
  readonly file: string;
  readonly target: AsynchronousFunction;
}

/** Calls a function when a file of one name is dropped into a bucket, and lets it read such files. */
export class UploadTrigger extends RuleTrigger {
  constructor(scope: Construct, id: string, { bucket, file, target }: UploadTriggerProps) {
    const files = withZipped(file);
    super(scope, id, {
      target,
      description: `Calls ${target.node.id} when ${file} is dropped`,
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [bucket.bucketName] },
          object: { key: [...files, ...files.map((name) => ({ suffix: `/${name}` }))] },
        },
      },
      userLoses: `A dropped ${file}: it was not read, and no report will follow. Drop it again.`,
    });
    allowReading(target, bucket, file);
  }
}

/** Lets a function read files of one name, as {@link UploadTrigger} has them. */
export function allowReading(reader: FlagstoneFunction, bucket: PrivateBucket, file: string): void {
  // Without the right to list, S3 answers 403 instead of 404 where there is no object.
  reader.allow(['s3:ListBucket'], bucket.bucketArn);
  reader.allowObjects({
    bucket,
    actions: ['s3:GetObject'],
    keys: withZipped(file).flatMap((name) => [name, `*/${name}`]),
    because: `the folder of a ${file} is the name of a network, which its user chooses`,
  });
}

function withZipped(file: string): string[] {
  return [file, `${file}.gz`];
}
