/** A failure told in a sentence that quotes nothing of what was worked on: the log may have it. */
export class DiscreetError extends Error {
  override readonly name = 'DiscreetError';
}
