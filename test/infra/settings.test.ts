import { describe, expect, test } from 'vitest';
import { readContext } from '../../lib/stack/project.ts';
import { readSettings, SettingsError } from '../../lib/stack/settings.ts';
import { ROOT } from './sample-stack.ts';

describe('the settings', () => {
  test('need not be given', () => {
    expect(readSettings()).toEqual(readSettings({}));
    expect(readSettings({})).toMatchObject({ degrees: 2, tracked: 50, stream: 'provisioned', removal: 'retain' });
  });

  test('in cdk.json are valid, and those that would be chosen anyway', () => {
    expect(readSettings({ shards: 1, ...(readContext(ROOT)['flagstone'] as object) })).toEqual(
      readSettings({ shards: 1 }),
    );
  });

  test('are taken as given', () => {
    const given = { degrees: 3, tracked: 10, keptPurchases: 10, stream: 'on-demand', alarmEmail: 'ops@example.com' };
    expect(readSettings(given)).toMatchObject(given);
  });

  test.each([
    [{ degrees: 0 }, 'degrees must be an integer from 1 to 1000000 (given 0)'],
    [{ degrees: '2' }, 'degrees must be an integer from 1 to 1000000 (given "2")'],
    [{ tracked: 1 }, 'tracked must be an integer from 2 to 10000 (given 1)'],
    [{ tracked: 2.5 }, 'tracked must be an integer from 2 to 10000 (given 2.5)'],
    [{ keptPurchases: 49 }, 'keptPurchases must be at least tracked, 50 (given 49)'],
    [{ stream: 'ondemand' }, 'stream must be one of "provisioned", "on-demand" (given "ondemand")'],
    [{ stream: 'on-demand', shards: 2 }, 'shards must be left out where stream is "on-demand"'],
    [{ streamRetentionHours: 200 }, 'streamRetentionHours must be an integer from 24 to 168 (given 200)'],
    [{ batchSize: 10_001 }, 'batchSize must be an integer from 1 to 10000 (given 10001)'],
    [{ batchWindowSeconds: null }, 'batchWindowSeconds must be an integer from 0 to 300 (given null)'],
    [{ flushEvery: 0 }, 'flushEvery must be an integer from 1 to 100 (given 0)'],
    [{ logRetentionDays: 8 }, 'logRetentionDays must be one of 1, 3, 5, 7, 14, 30,'],
    [{ historyDays: 6 }, 'historyDays must be at least the 7 days of streamRetentionHours'],
    [{ transactionDays: 6 }, 'transactionDays must be at least the 7 days of streamRetentionHours'],
    [
      { streamRetentionHours: 24, transactionDays: 1, trainEveryHours: 48 },
      'transactionDays must be at least the 2 days of trainEveryHours',
    ],
    [{ logRetentionDays: 5 }, 'logRetentionDays must be at least the 7 days of streamRetentionHours'],
    [{ encryptionKey: 'own' }, 'encryptionKey must be one of "aws", "customer" (given "own")'],
    [{ apiListsPerSecond: 0 }, 'apiListsPerSecond must be an integer from 1 to 10000 (given 0)'],
    [{ connectsPerSecond: 501 }, 'connectsPerSecond must be an integer from 1 to 500 (given 501)'],
    [{ originSecret: 0 }, 'originSecret must be an integer from 1 to 1000000 (given 0)'],
    [
      { webAclArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/b', originSecret: 1 },
      'webAclArn must be the ARN of a web ACL for CloudFront (arn:aws:wafv2:us-east-1:ACCOUNT:global/webacl/NAME/ID)',
    ],
    [
      { webAclArn: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/b' },
      'originSecret must be given where webAclArn is',
    ],
    [{ removal: true }, 'removal must be one of "retain", "destroy" (given true)'],
    [{ alarmEmail: 'ops' }, 'alarmEmail must be an e-mail address (given "ops")'],
    [{ degree: 2 }, 'there is no setting degree (did you mean degrees?)'],
    [{ toString: 2 }, 'there is no setting toString'],
    [[], 'the settings must be an object (given [])'],
    ['{}', 'the settings must be an object (given "{}")'],
  ])('%j are refused', (given, message) => {
    expect(() => readSettings(given)).toThrow(SettingsError);
    expect(() => readSettings(given)).toThrow(`cdk.json, flagstone: ${message}`);
  });

  test('are all looked at before they are refused', () => {
    expect(() => readSettings({ degrees: 0, trackd: 1 })).toThrow(
      'cdk.json, flagstone: degrees must be an integer from 1 to 1000000 (given 0)\n' +
        'cdk.json, flagstone: there is no setting trackd (did you mean tracked?)',
    );
  });
});
