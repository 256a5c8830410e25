/** Queues, one for each kind of work whose delay must not hold up another kind. */
export const QUEUES = [
  'events',
  'mail',
  'cnpj',
  'domains',
  'imports',
  'maintenance',
  'pictures',
  'clock',
  'billing',
  'payments',
] as const;
export type QueueName = (typeof QUEUES)[number];

/** What every job declares. Payloads carry ids only: never a secret, never personal data. */
export interface JobDefinition {
  queue: QueueName;
  /** Raised when the payload changes its meaning; a worker refuses versions that it does not know. */
  version: number;
  /** Attempts at handling one dispatch; the outbox dispatches again when they are used up. */
  attempts: number;
  /** First delay between attempts, in milliseconds; doubles each time. */
  backoffMs: number;
  /** Names of the payload's fields; each is a UUID. */
  payload: readonly string[];
  /** Cron pattern for jobs that the clock starts; such jobs do not pass through the outbox. */
  every?: string;
  /** Lets the other jobs of its queue go first: somebody waits for those before they can go on. */
  yields?: true;
  /**
   * What it does depends on what day it is in the organization: the clock of a sandbox waits for it before the next day
   * begins there. An event's subscribers are waited for where they say so.
   */
  byClock?: true;
  /** Hears events: the outbox makes one of each event that its handler subscribes to, with the event's payload. */
  hearsEvents?: true;
}

/** Quick to try again: who hears of an event does little, and others wait for it. */
const SUBSCRIBER = {
  queue: 'events',
  version: 1,
  attempts: 8,
  backoffMs: 1_000,
  payload: [],
  hearsEvents: true,
} as const;

const MAIL = { queue: 'mail', version: 1, attempts: 8, backoffMs: 2_000, payload: ['mailId'] } as const;

const BILLING = { queue: 'billing', version: 1, attempts: 5, backoffMs: 2_000 } as const;

/** Asks gateways, which may take long to answer. */
const PAYMENTS = { queue: 'payments', version: 1, attempts: 6, backoffMs: 1_000 } as const;

const PICTURES = { queue: 'pictures', version: 1, attempts: 5, backoffMs: 1_000 } as const;

export const JOBS = {
  'mail.send': MAIL,
  'mail.notify': { ...MAIL, yields: true },
  'auth.verifications': SUBSCRIBER,
  'signup.handovers': SUBSCRIBER,
  'tickets.mails': { ...SUBSCRIBER, yields: true },
  'tickets.index': { ...SUBSCRIBER, yields: true },
  'billing.mails': { ...SUBSCRIBER, yields: true },
  /** Draws an invoice's document for whoever asked, in each language; nothing where it is there already. */
  'billing.render-document': { ...BILLING, payload: ['invoiceId'] },
  'billing.render-credit-note': { ...BILLING, payload: ['creditNoteId'] },
  /** In one language: the row says of which time, and in which. */
  'billing.render-statement': { ...BILLING, payload: ['statementId'] },
  'billing.render-fiscal-note': { ...BILLING, payload: ['fiscalNoteId'] },
  /** Mails the links of what an account owes to those on file, of whose bills somebody asked for a second copy. */
  'billing.second-copy': { ...BILLING, payload: ['billingAccountId', 'portalId', 'requestId'] },
  'billing.remind': { ...BILLING, attempts: 3, payload: [], every: '2,17,32,47 * * * *', yields: true },
  /** Asks a gateway for what a payer pays with. */
  'payments.send': { ...PAYMENTS, payload: ['paymentId'], byClock: true },
  /** Has a gateway end what nobody shall pay any more. */
  'payments.withdraw': { ...PAYMENTS, payload: ['paymentId'] },
  /** Works through what a gateway told. */
  'payments.event': { ...PAYMENTS, payload: ['gatewayEventId'] },
  /** Draws a payment's receipt in each language; nothing where it is there already. */
  'payments.render-receipt': { ...BILLING, payload: ['paymentId'] },
  /** Draws a boleto that somebody had made, in each language; nothing where it is there already, or can be paid no more. */
  'payments.render-boleto': { ...BILLING, payload: ['paymentId'] },
  'payments.refund': { ...PAYMENTS, payload: ['refundId'] },
  /** Asks a gateway for a page on which a card is added, and for what came of it. */
  'payments.send-setup': { ...PAYMENTS, payload: ['methodSetupId'] },
  /** Has a gateway forget a card that was removed. */
  'payments.forget': { ...PAYMENTS, payload: ['paymentMethodId'] },
  /** Brings an account's collections in line with its default card and its switch. */
  'payments.reconsider': { ...PAYMENTS, payload: ['billingAccountId'], byClock: true },
  /** Charges a saved card, where that is due; and writes down what came of it. */
  'payments.try': { ...PAYMENTS, payload: ['collectionId'], byClock: true },
  'payments.conclude': { ...PAYMENTS, payload: ['paymentId'], byClock: true },
  /** Begins, moves and stops collections as their invoices do. */
  'payments.collect': { ...SUBSCRIBER, byClock: true },
  /** Finds what is to be charged, or told beforehand, and cards that will soon be charged no more. */
  'payments.collect-due': { ...PAYMENTS, attempts: 3, payload: [], every: '* * * * *', yields: true },
  'payments.notice-expiring': { ...PAYMENTS, attempts: 3, payload: [], every: '7,37 * * * *', yields: true },
  /** Withdraws what pays an invoice that is owed no more, or otherwise. */
  'payments.follow': { ...SUBSCRIBER, yields: true },
  /** Has gateways make the codes of an invoice's document, and withdraws those that it shows no more. */
  'payments.document-codes': { ...SUBSCRIBER, yields: true },
  /** The same of an invoice that is due so late that its gateway could not hold a code before. */
  'payments.renew-document-codes': { ...PAYMENTS, payload: ['invoiceId'] },
  /** Asks how payments stand of which nothing was heard, and for money that nobody asked for. */
  'payments.reconcile': { ...PAYMENTS, attempts: 3, payload: [], every: '* * * * *', yields: true },
  'payments.list': { ...PAYMENTS, attempts: 3, payload: [], every: '23 4 * * *', yields: true },
  /** Does what is due of subscriptions: they begin, are renewed, pause, come back and end. */
  'subscriptions.run': { ...BILLING, attempts: 3, payload: [], every: '4,19,34,49 * * * *', yields: true },
  'subscriptions.mails': { ...SUBSCRIBER, yields: true },
  /** Whether a subscription is past due hangs on its invoices. */
  'subscriptions.follow': { ...SUBSCRIBER, yields: true, byClock: true },
  /** What no card has paid in all its tries pauses or ends the subscription that it is of. */
  'subscriptions.give-up': { ...SUBSCRIBER, byClock: true },
  'proposals.mails': { ...SUBSCRIBER, yields: true },
  /** Draws a version's document in each language, with the evidence where it was accepted; nothing where it is there already. */
  'proposals.render-document': { ...BILLING, payload: ['proposalVersionId'] },
  /** Reminds of proposals that are about to expire, and ends those that have. */
  'proposals.due': { ...BILLING, attempts: 3, payload: [], every: '6,21,36,51 * * * *', yields: true },
  'proposals.sweep-files': {
    queue: 'maintenance',
    version: 1,
    attempts: 3,
    backoffMs: 5_000,
    payload: [],
    every: '47 * * * *',
  },
  'billing.sweep-proofs': {
    queue: 'maintenance',
    version: 1,
    attempts: 3,
    backoffMs: 5_000,
    payload: [],
    every: '41 * * * *',
  },
  /** One look at the register of companies; the next one, where it takes several, is a job of its own. */
  'signup.look-up': { queue: 'cnpj', version: 1, attempts: 5, backoffMs: 2_000, payload: ['signupId'] },
  'invitations.import': { queue: 'imports', version: 1, attempts: 8, backoffMs: 2_000, payload: ['importId'] },
  /** Some days of a sandbox organization's clock on its way; the next ones are a job of their own. */
  'clock.advance': { queue: 'clock', version: 1, attempts: 8, backoffMs: 1_000, payload: [] },
  'accounts.import': { queue: 'imports', version: 1, attempts: 8, backoffMs: 2_000, payload: ['importId'] },
  'invoices.import': { queue: 'imports', version: 1, attempts: 8, backoffMs: 2_000, payload: ['importId'] },
  /** Asks the name servers about one domain. */
  'domains.check': { queue: 'domains', version: 1, attempts: 4, backoffMs: 2_000, payload: ['domainId'] },
  'domains.due': { queue: 'domains', version: 1, attempts: 3, backoffMs: 5_000, payload: [], every: '* * * * *' },
  'portal.prepare-picture': { ...PICTURES, payload: ['pictureId'] },
  'portal.draw-icons': { ...PICTURES, payload: ['portalId'], yields: true },
  'portal.sweep-pictures': {
    queue: 'maintenance',
    version: 1,
    attempts: 3,
    backoffMs: 5_000,
    payload: [],
    every: '12 * * * *',
  },
  'maintenance.purge': {
    queue: 'maintenance',
    version: 1,
    attempts: 3,
    backoffMs: 5_000,
    payload: [],
    every: '*/10 * * * *',
  },
  'signup.expire': {
    queue: 'maintenance',
    version: 1,
    attempts: 3,
    backoffMs: 5_000,
    payload: [],
    every: '8,23,38,53 * * * *',
  },
  'tickets.close-resolved': {
    queue: 'maintenance',
    version: 1,
    attempts: 3,
    backoffMs: 5_000,
    payload: [],
    every: '5,20,35,50 * * * *',
  },
} as const satisfies Record<string, JobDefinition>;

export type JobName = keyof typeof JOBS;
/** Jobs that hear events. */
export type SubscriberName = {
  [Name in JobName]: (typeof JOBS)[Name] extends { hearsEvents: true } ? Name : never;
}[JobName];
export type JobPayload<N extends JobName> = Record<(typeof JOBS)[N]['payload'][number], string>;
