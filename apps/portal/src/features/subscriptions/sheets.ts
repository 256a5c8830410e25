/** What can be done in a sheet of its own, and what it may begin with. */
export type Sheet =
  | { kind: 'change'; priceId?: string }
  | { kind: 'pause' }
  | { kind: 'resume' }
  | { kind: 'cancel' }
  | { kind: 'restart' };
