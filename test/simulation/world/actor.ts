/** Something that may happen next. */
export interface Offer {
  readonly weight: number;
  readonly run: () => void;
}

/** Who makes things happen, beside the code under test. */
export interface Actor {
  /** What may happen next; in the calm after all faults, only what there is still to be done. */
  offers(isCalm: boolean): readonly Offer[];
}
