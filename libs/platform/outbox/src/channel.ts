/** PostgreSQL's notification channel that wakes the relays. */
export const OUTBOX_CHANNEL = 'balcao_outbox';
