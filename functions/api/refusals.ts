/** What is asked for is not there. */
export class NotThere extends Error {
  override readonly name = 'NotThere';
}

/** Parameters are wrong: what is wrong with each, by their names. */
export class WrongParameters extends Error {
  override readonly name = 'WrongParameters';
  readonly fields: Readonly<Record<string, string>>;

  constructor(fields: Readonly<Record<string, string>>) {
    super(Object.values(fields).length === 1 ? 'a parameter is wrong' : 'parameters are wrong');
    this.fields = fields;
  }
}

/** The path is there, and takes another method. */
export class WrongMethod extends Error {
  override readonly name = 'WrongMethod';
  /** The one that the path takes. */
  readonly allowed: string;

  constructor(allowed: string, given: string) {
    super(`this path takes ${allowed} alone (given ${given})`);
    this.allowed = allowed;
  }
}

/** Who asks has passed by CloudFront, and what guards it. */
export class PassedBy extends Error {
  override readonly name = 'PassedBy';
}

/** Nobody has asked for a body. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}
