import { ENGINE_BINARY } from './engine-binary.ts';

/** The little of the standard's interface that is used here: TypeScript has it only among the browser's types. */
declare const WebAssembly: {
  readonly Module: new (binary: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** One network in WebAssembly. Places in its memory are given as signed integers, see {@link addressOf}; users, amounts and times are numbers. See assembly/engine.ts. */
export interface Engine {
  readonly memory: { readonly buffer: ArrayBuffer };

  start(kept: number, inOrder: number, late: number): void;
  setSearch(degrees: number, tracked: number, way: number): void;
  input(): number;
  scratch(): number;

  startReading(offset: number): void;
  readLines(length: number, isJudged: number): number;
  readCount(): number;
  unreadStart(): number;
  lastStart(): number;
  lastEnd(): number;
  lastBuyer(): number;
  lastTime(): number;
  lastAmount(): number;
  learn(size: number): void;

  findUser(length: number): number;
  addUser(length: number): number;
  addElsewhere(isCrowdedOut: number): number;
  idStart(user: number): number;
  idLength(user: number): number;
  users(): number;

  befriend(user: number, other: number): void;
  unfriend(user: number, other: number): void;
  addFriend(user: number, friend: number): void;
  clearFriends(user: number): void;
  hasFriend(user: number, friend: number): number;
  friendsStart(user: number): number;
  degree(user: number): number;

  addPurchase(user: number, time: number, high: number, low: number): void;
  purchaseCount(user: number): number;
  purchaseStart(user: number, rank: number): number;
  clearPurchases(user: number): void;
  restorePurchase(user: number, time: number, sequence: number, high: number, low: number): void;
  nextSequence(): number;
  setSequence(sequence: number): void;

  judge(user: number, high: number, low: number): number;
  findLatest(user: number, high: number, low: number): number;
  ruleOnList(high: number, low: number): number;
  listSize(): number;
  listRoom(): number;
  listStart(): number;
  reach(user: number, degrees: number): number;
}

let compiled: object | undefined;

/** An engine of its own for a network; compiled once. */
export function makeEngine(): Engine {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(ENGINE_BINARY), (character) => character.charCodeAt(0)));
  return new WebAssembly.Instance(compiled, { blocks: { outOfMemory } }).exports as Engine;
}

/** An address that WebAssembly gives: above 2 GB it comes out as a negative number. */
export function addressOf(place: number): number {
  return place >>> 0;
}

function outOfMemory(): never {
  throw new RangeError('the network takes more than 4 GB of memory');
}
