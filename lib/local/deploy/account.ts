/** The account and region that everything local belongs to. */
export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

export const PSEUDO_PARAMETERS: Readonly<Record<string, unknown>> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Region': REGION,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'Flagstone',
  'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/Flagstone/local`,
  'AWS::NoValue': undefined,
};

/** The last part of an ARN that names a resource by its own name: `…:stream/flagstone-events`, `arn:aws:s3:::flagstone-input`. */
export function nameInArn(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}
