/** A bucket. Keys are text, bodies bytes; what is put is there, whole, for whoever reads next. */
export interface ObjectStore {
  put(key: string, body: Uint8Array | string, told?: ContentType | ObjectNotes): Promise<void>;
  /** Puts an object in the place of one that was found, or of none. False, and nothing is put, if another is there by now. */
  replace(key: string, body: Uint8Array | string, found: Pick<FoundObject, 'etag'> | undefined): Promise<boolean>;
  /** @throws NoSuchObject */
  get(key: string): Promise<Uint8Array>;
  /** Opens an object for reading piece by piece. @throws NoSuchObject */
  open(key: string): Promise<OpenObject>;
  /** What is known of an object without reading it; undefined if there is none. */
  find(key: string): Promise<FoundObject | undefined>;
  /** The objects whose keys start with a prefix, in the order of their keys; only those after `after`, if given. */
  list(prefix: string, after?: string): AsyncIterable<ListedObject>;
  /** Deletes objects; it is no error if one is not there. In a versioned bucket their versions stay. */
  remove(keys: readonly string[]): Promise<void>;
  /**
   * Deletes all versions of an object that were put before a time, in milliseconds since 1970; but for the one found, if it is
   * given. Gives how many there were.
   */
  purge(key: string, before: number, kept?: Pick<FoundObject, 'etag'>): Promise<number>;
}

type ContentType = string;

/** What is told of an object beside its content. */
export interface ObjectNotes {
  readonly contentType: ContentType;
  /** Printable ASCII, 2 KB in all. */
  readonly metadata: Readonly<Record<string, string>>;
}

export function notesOf(told: ContentType | ObjectNotes | undefined): Partial<ObjectNotes> {
  return typeof told === 'object' ? told : { ...(told !== undefined && { contentType: told }) };
}

export interface FoundObject {
  readonly size: number;
  /** Changes with the content. */
  readonly etag: string;
  /** Changes whenever the object is replaced: its ETag and the second of its last change. */
  readonly identity: string;
  readonly lastModified: Date;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface OpenObject extends FoundObject {
  readonly body: AsyncIterable<Uint8Array>;
  /** Lets go of what has not been read of the body; to be called by who opened the object, read or not. */
  readonly discard: () => void;
}

export interface ListedObject {
  readonly key: string;
  readonly size: number;
  readonly lastModified: Date;
}

export class NoSuchObject extends Error {
  override readonly name = 'NoSuchObject';

  constructor(key: string) {
    super(`there is no object ${key}`);
  }
}

/** An object put again in the same second, with the same content, is the same object. */
export function identityOf(etag: string, lastModified: Date): string {
  return `${etag}@${Math.floor(lastModified.getTime() / 1000)}`;
}
