// The package's public entry, `flagstone/client`; the project itself imports the files.
export type { Clock } from './clock.ts';
export type { Pause } from './lasting-connection.ts';
export type { NumberedPoint, SeriesAnswer, SeriesPoint, SeriesRefusal, Verdict } from './point.ts';
export { signWithAws, type AwsCredentials, type SigningOptions, type SignUrl } from './sign-with-aws.ts';
export { SeriesClosed, type ClosedReason } from './series-closed.ts';
export { SeriesClient, type SeriesClientOptions, type SeriesEvents } from './series-client.ts';
export type { Timing } from './timing.ts';
