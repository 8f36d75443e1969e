#!/usr/bin/env bash
# Puts the state table back to a moment before, and has the stream read again from an hour before it: see README.md, "Restoring the
# state table". Asks before it deletes anything. Needs aws and jq.
set -euo pipefail
if [ $# -ne 2 ]; then
  echo 'usage: bin/restore-state-table.sh STACK TIME     (such as Flagstone 2026-11-21T18:00:00Z)' >&2
  exit 2
fi
STACK=$1 T=$2
output() { aws cloudformation describe-stacks --stack-name "$STACK" --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue" --output text; }
named() { aws cloudformation list-stack-resources --stack-name "$STACK" --query "StackResourceSummaries[?starts_with(LogicalResourceId,'$1') && ResourceType=='$2'].PhysicalResourceId" --output text; }
TABLE=$(output StateTable) OUTPUT=$(output OutputBucket) JOURNAL=$(output JournalBucket)
MAPPING=$(named LiveEventsTriggerMapping AWS::Lambda::EventSourceMapping)

# 1. Nobody commits any more. The mapping is kept as a file, and made anew in step 4.
aws lambda update-event-source-mapping --uuid "$MAPPING" --no-enabled
until [ "$(aws lambda get-event-source-mapping --uuid "$MAPPING" --query State --output text)" = Disabled ]; do sleep 5; done
aws lambda get-event-source-mapping --uuid "$MAPPING" > mapping.json
for NAME in LiveEvents BatchLog StreamLog Erase Housekeeping; do
  aws lambda put-function-concurrency --function-name "$(named "$NAME" AWS::Lambda::Function)" --reserved-concurrent-executions 0
done
sleep 900   # what is under way ends within its time limit

# 2. The table as it was, under its own name, so that the stack need not change: restored beside it, then in its place.
aws dynamodb restore-table-to-point-in-time --source-table-name "$TABLE" --target-table-name "$TABLE-restored" --restore-date-time "$T"
until aws dynamodb wait table-exists --table-name "$TABLE-restored"; do :; done   # it gives up early, and a large table takes hours
read -rp "Look into $TABLE-restored now. From here on the old table is only in its backups. Enter goes on, Ctrl-C ends: "
aws dynamodb create-backup --table-name "$TABLE" --backup-name before-restore
BACKUP=$(aws dynamodb create-backup --table-name "$TABLE-restored" --backup-name restored --query BackupDetails.BackupArn --output text)
until [ "$(aws dynamodb describe-backup --backup-arn "$BACKUP" --query BackupDescription.BackupDetails.BackupStatus --output text)" = AVAILABLE ]; do sleep 5; done
aws dynamodb update-table --table-name "$TABLE" --no-deletion-protection-enabled
aws dynamodb delete-table --table-name "$TABLE" && aws dynamodb wait table-not-exists --table-name "$TABLE"
aws dynamodb restore-table-from-backup --backup-arn "$BACKUP" --target-table-name "$TABLE"
until aws dynamodb wait table-exists --table-name "$TABLE"; do :; done
aws dynamodb update-table --table-name "$TABLE" --deletion-protection-enabled
aws dynamodb update-continuous-backups --table-name "$TABLE" --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true

# 3. What commits after the restored heads have left goes into the folder lost/. Objects of batch logs (`…-SEQUENCER/`) stay.
keys() { aws s3api list-objects-v2 --bucket "$1" --prefix "$2" --query 'Contents[].Key' --output text | tr '\t' '\n'; }
for NETWORK in $(aws s3api list-objects-v2 --bucket "$JOURNAL" --prefix bodies/ --delimiter / --query 'CommonPrefixes[].Prefix' --output text | tr '\t' '\n' | sed 's,.*network=,,; s,/$,,'); do
  VERSION=$(aws dynamodb get-item --table-name "$TABLE" --consistent-read --key "{\"pk\":{\"S\":\"$NETWORK\"},\"sk\":{\"S\":\"head\"}}" --query Item.v.N --output text)
  [ "$VERSION" = None ] && VERSION=0   # it had no commit yet
  for PLACE in "$OUTPUT flagged" "$OUTPUT rejected" "$JOURNAL bodies"; do
    set -- $PLACE
    keys "$1" "$2/network=$NETWORK/" | awk -F/ -v n="$VERSION" 'match($NF, /^[0-9]+/) && RLENGTH == 12 && $(NF-1) !~ /\.(json|gz)-/ && substr($NF,1,12)+0 > n+0' |
      while read -r KEY; do aws s3 mv "s3://$1/$KEY" "lost/$KEY"; done
  done
done
aws s3 mv --recursive "s3://$JOURNAL/redriven/" lost/redriven/

# 4. The stream is read again, from an hour before T.
aws lambda delete-event-source-mapping --uuid "$MAPPING"
while aws lambda get-event-source-mapping --uuid "$MAPPING" > /dev/null 2>&1; do sleep 5; done
jq --arg from "$(date -u -d "$T - 1 hour" +%FT%TZ)" '{EventSourceArn, FunctionName: .FunctionArn, BatchSize, MaximumBatchingWindowInSeconds, ParallelizationFactor,
  MaximumRecordAgeInSeconds, BisectBatchOnFunctionError, FunctionResponseTypes, DestinationConfig, MetricsConfig,
  StartingPosition: "AT_TIMESTAMP", StartingPositionTimestamp: $from}' mapping.json > again.json
for NAME in LiveEvents BatchLog StreamLog Erase Housekeeping; do
  aws lambda delete-function-concurrency --function-name "$(named "$NAME" AWS::Lambda::Function)"
done
aws lambda create-event-source-mapping --cli-input-json file://again.json
