export const TRANSACTION_TABLE = 'transactions';
export const PROFILE_TABLE = 'profiles';
export const STATE_TABLE = 'state';
export const OUTPUT_BUCKET = 'output';
export const JOURNAL_BUCKET = 'journal';
