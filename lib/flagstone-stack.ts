import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AlarmMail } from './constructs/alarm-mail.ts';
import { OriginSecret } from './constructs/origin-secret.ts';
import { SignIn } from './constructs/sign-in.ts';
import { ORIGIN_HEADER } from './core/api/origin-header.ts';
import { addApi } from './stack/api.ts';
import { addBatchLog } from './stack/batch-log.ts';
import { addDashboard } from './stack/dashboard.ts';
import { addErase } from './stack/erase.ts';
import { functionScope } from './stack/function-scope.ts';
import { addHousekeeping } from './stack/housekeeping.ts';
import { addLive } from './stack/live.ts';
import { addLiveEvents } from './stack/live-events.ts';
import { addOperations } from './stack/operations.ts';
import { addOperationsDashboard } from './stack/operations-dashboard.ts';
import { createResources, removalOf } from './stack/resources.ts';
import { addSeries } from './stack/series.ts';
import type { Settings } from './stack/settings.ts';
import { addStreamLog } from './stack/stream-log.ts';
import { addTrain } from './stack/train.ts';
import { addTransactions } from './stack/transactions.ts';

interface FlagstoneStackProps extends StackProps {
  readonly settings: Settings;
  /** The folder of the functions' bundles. */
  readonly bundles: string;
  /** The folder of the dashboard as it is built. */
  readonly site: string;
}

/**
 * A batch log that is dropped into the input bucket becomes state in the table. A stream log that is dropped there is put
 * on the stream, as other producers put their events; they are judged by the state, and what is flagged is put into the
 * output bucket.
 */
export class FlagstoneStack extends Stack {
  constructor(scope: Construct, id: string, { settings, bundles, site, ...props }: FlagstoneStackProps) {
    super(scope, id, { description: 'Flagstone: flags anomalies in live events', ...props });
    const resources = createResources(this, settings);
    const signIn = new SignIn(this, 'SignIn', { removal: removalOf(settings), secondFactor: settings.secondFactor });
    const functions = functionScope(this, bundles, { settings, resources });
    addBatchLog(functions);
    addStreamLog(functions);
    addLiveEvents(functions);
    addTransactions(functions);
    const train = addTrain(functions);
    const series = addSeries(functions);
    const { originSecret: generation } = settings;
    const originSecret =
      generation === undefined
        ? undefined
        : new OriginSecret(this, 'OriginSecret', { header: ORIGIN_HEADER, generation });
    const live = addLive(functions, series);
    originSecret?.checkedBy(live.authorizer);
    const api = addApi(functions, { series, live, signIn, originSecret });
    addHousekeeping(functions);
    const erase = addErase(functions, { series, live });
    const sockets = { series: series.api, live: live.api };
    const dashboard = addDashboard(functions, { site, api, sockets, signIn, originSecret });
    addOperations(functions);
    const operations = addOperationsDashboard(functions, { api, sockets });
    if (settings.alarmEmail !== undefined) new AlarmMail(this, 'AlarmMail', settings.alarmEmail);

    const outputs = {
      InputBucket: resources.input.bucketName,
      OutputBucket: resources.output.bucketName,
      JournalBucket: resources.journal.bucketName,
      StateTable: resources.table.tableName,
      TransactionTable: resources.transactionTable.tableName,
      ProfileTable: resources.profileTable.tableName,
      TrainFunction: train.functionName,
      EraseFunction: erase.functionName,
      Stream: resources.stream.streamName,
      SeriesTable: series.table.tableName,
      SeriesUrl: series.api.stage.url,
      LiveUrl: live.api.stage.url,
      ApiUrl: api.stage.url,
      UserPoolId: signIn.userPoolId,
      UserPoolClientId: signIn.client.userPoolClientId,
      SignInUrl: signIn.configuration.domain,
      OperationsUrl: operations.url,
      DashboardUrl: `https://${dashboard.distributionDomainName}/`,
      // What a network begins with that no batch log has given its own, for who changes it before its first event.
      DefaultDegrees: String(settings.degrees),
      DefaultTracked: String(settings.tracked),
      KeptPurchases: String(Math.max(settings.tracked, settings.keptPurchases ?? 0)),
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
