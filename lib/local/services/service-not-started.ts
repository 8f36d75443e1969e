/** A port cannot be listened on: the message names the service, the port, and why. */
export class ServiceNotStarted extends Error {
  override readonly name = 'ServiceNotStarted';
}

/** What a service keeps cannot be opened: the message names the service and what is wrong. */
export class StoreNotOpened extends Error {
  override readonly name = 'StoreNotOpened';
}
