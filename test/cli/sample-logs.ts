/** Two friends, one of them with three purchases: what the other one buys for 1601.83 is far above them. */
export const BATCH_LOG = `{"D":"3", "T":"3"}
{"event_type":"purchase", "timestamp":"2017-06-13 11:33:01", "id": "1", "amount": "16.83"}
{"event_type":"purchase", "timestamp":"2017-06-13 11:33:01", "id": "1", "amount": "59.28"}
{"event_type":"befriend", "timestamp":"2017-06-13 11:33:01", "id1": "1", "id2": "2"}
{"event_type":"purchase", "timestamp":"2017-06-13 11:33:01", "id": "1", "amount": "11.20"}
`;

export const STREAM_LOG = `{"event_type":"purchase", "timestamp":"2017-06-13 11:33:02", "id": "2", "amount": "1601.83"}
{"event_type":"purchase", "timestamp":"2017-06-13 11:33:03", "id": "2", "amount": "30.00"}
`;

export const FLAGGED =
  '{"event_type":"purchase", "timestamp":"2017-06-13 11:33:02", "id": "2", "amount": "1601.83", "mean": "29.10", "sd": "21.46"}\n';

export const withoutHeader = (log: string): string => log.slice(log.indexOf('\n') + 1);
