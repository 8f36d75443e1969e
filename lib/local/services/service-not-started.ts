/** A port is taken, or a folder cannot be used: the message names the service, and what is wrong. */
export class ServiceNotStarted extends Error {
  override readonly name = 'ServiceNotStarted';
}
