import { UsageError } from '../usage-error.ts';
import { isAwsFailure, isUnanswered, type AwsFailure } from './failures.ts';
import { nothingRunsOn } from './nothing-runs-on.ts';
import type { Target } from './target.ts';

const NO_CREDENTIALS = 'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
const NO_REGION = 'no AWS region is chosen; set AWS_REGION, or a region in the profile of AWS_PROFILE';

/** Faults that the caller can put right, by the names that the AWS SDK and the services give them. */
const FAULTS: readonly { readonly names: RegExp; readonly what: string; readonly advice: string }[] = [
  { names: /^AccessDenied/, what: 'AWS does not allow it', advice: 'choose credentials that may, with AWS_PROFILE' },
  {
    names: /^(ExpiredToken|RequestExpired)/,
    what: 'the AWS credentials have expired',
    advice: 'sign in again, such as with: aws sso login',
  },
  {
    names: /^(InvalidClientToken|UnrecognizedClient|InvalidAccessKey|InvalidSignature|SignatureDoesNot)/,
    what: 'AWS does not accept the credentials',
    advice: NO_CREDENTIALS,
  },
];

/** One line that says what to do about what the AWS SDK threw; any other error is given back as it is. No target: AWS itself. */
export function explained(error: unknown, target?: Target): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError') {
    return new UsageError(`no AWS credentials: ${error.message}; ${NO_CREDENTIALS}`, { cause: error });
  }
  if (error.message === 'Region is missing') return new UsageError(NO_REGION, { cause: error });
  return isAwsFailure(error) ? explainedFailure(error, target) : error;
}

function explainedFailure(error: AwsFailure, target: Target | undefined): Error {
  const { name, message } = error;
  if (isUnanswered(error)) {
    return target?.kind === 'local run'
      ? nothingRunsOn(target.data)
      : new Error(`AWS cannot be reached: ${message}`, { cause: error });
  }
  const fault = FAULTS.find(({ names }) => names.test(name));
  if (fault !== undefined) return new UsageError(`${fault.what}: ${message}; ${fault.advice}`, { cause: error });
  return new Error(`${name}: ${message}`, { cause: error });
}
