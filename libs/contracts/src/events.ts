import type { PortalPermission, StaffPermission } from './permissions.js';

/** What every event declares. Its payload carries ids only: never a secret, never personal data. */
export interface EventDefinition {
  /** Raised when the payload changes its meaning; a worker leaves versions that it does not know to a newer one. */
  version: number;
  /** Names of the payload's members; each is a UUID. */
  ids: readonly string[];
  /** Members that may be left out. */
  optional?: readonly string[];
  /** Only open pages hear of it: no subscriber does anything about it. */
  liveOnly?: true;
  /** What staff need to hear of it at once. */
  staff: StaffPermission;
  /**
   * What a customer needs to hear of their account's, or of their own only; or of what concerns everybody's customers in
   * the organization. Absent where it is none of theirs.
   */
  customers?: { account: PortalPermission; own: PortalPermission } | { everybody: PortalPermission };
}

const TICKETS = {
  staff: 'tickets:read',
  customers: { account: 'tickets:read_account', own: 'tickets:read_own' },
} as const;

const INVOICES = {
  staff: 'invoices:read',
  customers: { account: 'invoices:read', own: 'invoices:read' },
} as const;

const METHODS = {
  staff: 'invoices:read',
  customers: { account: 'payment_methods:manage', own: 'payment_methods:manage' },
} as const;

const PAYMENTS = {
  staff: 'invoices:read',
  customers: { account: 'invoices:read', own: 'invoices:read' },
} as const;

const SUBSCRIPTIONS = {
  staff: 'subscriptions:read',
  customers: { account: 'subscriptions:read', own: 'subscriptions:read' },
} as const;
const SUBSCRIPTION_EVENT_IDS = ['subscriptionId', 'subscriptionEventId'] as const;
const PROPOSALS = {
  staff: 'proposals:read',
  customers: { account: 'proposals:read', own: 'proposals:read' },
} as const;

/**
 * Everything that happens and that somebody else may want to know. Named after what happened, in the past tense; who
 * listens is not said here.
 */
export const EVENTS = {
  'ticket.created': { version: 1, ids: ['ticketId'], ...TICKETS },
  /** A public answer, of staff or of the customer. What it did to the status is an event of its own that names it too. */
  'ticket.replied': { version: 1, ids: ['ticketId', 'commentId'], ...TICKETS },
  'ticket.note_added': { version: 1, ids: ['ticketId', 'commentId'], staff: 'tickets:read' },
  /** A customer changed or took back what they had written. */
  'ticket.comment_changed': { version: 1, ids: ['ticketId', 'commentId'], ...TICKETS },
  'ticket.note_changed': { version: 1, ids: ['ticketId', 'commentId'], staff: 'tickets:read' },
  /** Each change of a status is one of these four; `commentId` names the answer that brought it. */
  'ticket.resolved': { version: 1, ids: ['ticketId'], optional: ['commentId'], ...TICKETS },
  'ticket.closed': { version: 1, ids: ['ticketId'], optional: ['commentId'], ...TICKETS },
  'ticket.reopened': { version: 1, ids: ['ticketId'], optional: ['commentId'], ...TICKETS },
  'ticket.status_changed': { version: 1, ids: ['ticketId'], optional: ['commentId'], liveOnly: true, ...TICKETS },
  /** Anything else about it: who takes care, how urgent it is, what it is called elsewhere. */
  'ticket.updated': { version: 1, ids: ['ticketId'], liveOnly: true, ...TICKETS },
  /** A draft came, changed or went. */
  'invoice.drafted': { version: 1, ids: ['invoiceId'], liveOnly: true, staff: 'invoices:read' },
  /** It has its number, and its customer owes it. */
  'invoice.opened': { version: 1, ids: ['invoiceId'], ...INVOICES },
  /** It was opened, and perhaps paid, in another system: it is here now, and nobody is mailed about it. */
  'invoice.imported': { version: 1, ids: ['invoiceId'], liveOnly: true, ...INVOICES },
  /**
   * Paid: nothing of it is owed any more, or a part of it less, by the money named; by credit that was left where none is. What is written
   * off or credited is an event of its own.
   */
  'invoice.paid': { version: 1, ids: ['invoiceId'], optional: ['ledgerEntryId'], ...INVOICES },
  'invoice.partially_paid': { version: 1, ids: ['invoiceId'], optional: ['ledgerEntryId'], ...INVOICES },
  /** So much of it is waited for no longer, or is owed again after all: the write-off named. */
  'invoice.written_off': { version: 1, ids: ['invoiceId'], optional: ['ledgerEntryId'], ...INVOICES },
  'invoice.write_off_taken_back': { version: 1, ids: ['invoiceId', 'ledgerEntryId'], ...INVOICES },
  'invoice.credited': { version: 1, ids: ['invoiceId', 'creditNoteId'], ...INVOICES },
  'invoice.voided': { version: 1, ids: ['invoiceId'], ...INVOICES },
  /** It is due on another day. */
  'invoice.due_changed': { version: 1, ids: ['invoiceId'], ...INVOICES },
  /** Anything else about it: its fiscal note, its document. */
  /** The file of its fiscal note is here; the note named counts no more. */
  'invoice.fiscal_note_added': { version: 1, ids: ['invoiceId', 'fiscalNoteId'], ...INVOICES },
  'invoice.fiscal_note_cancelled': { version: 1, ids: ['invoiceId', 'fiscalNoteId'], ...INVOICES },
  /** Anything else about it: when it is due, its fiscal note, its document. */
  'invoice.updated': { version: 1, ids: ['invoiceId'], liveOnly: true, ...INVOICES },
  /** Something was posted in a customer's books, or their credit has paid something: balances and lists are others. */
  /** A proof of payment was sent, withdrawn or decided. */
  'payment_proof.changed': { version: 1, ids: ['paymentProofId', 'invoiceId'], liveOnly: true, ...INVOICES },
  /** Money of a customer came in, or what they owe was corrected. */
  'ledger.posted': { version: 1, ids: ['billingAccountId'], liveOnly: true, ...INVOICES },
  /** Somebody asked to pay, or what is known of a payment has changed: it has its code, it ended, it is withdrawn. */
  'payment.changed': { version: 1, ids: ['paymentId'], liveOnly: true, ...PAYMENTS },
  /** Its money has come, and is counted. */
  'payment.succeeded': { version: 1, ids: ['paymentId'], liveOnly: true, ...PAYMENTS },
  /** It was declined, or could not be asked for. */
  'payment.failed': { version: 1, ids: ['paymentId'], liveOnly: true, ...PAYMENTS },
  /** Of a payment's money something is on its way back, or has arrived there, or could not be given back. */
  'refund.changed': { version: 1, ids: ['paymentId', 'refundId'], liveOnly: true, ...PAYMENTS },
  'refund.succeeded': { version: 1, ids: ['paymentId', 'refundId'], liveOnly: true, ...PAYMENTS },
  'refund.failed': { version: 1, ids: ['paymentId', 'refundId'], liveOnly: true, staff: 'invoices:read' },
  /** A payer contests a payment at their bank; what the bank decided. */
  'dispute.opened': { version: 1, ids: ['paymentId', 'disputeId'], liveOnly: true, staff: 'invoices:read' },
  'dispute.closed': { version: 1, ids: ['paymentId', 'disputeId'], liveOnly: true, staff: 'invoices:read' },
  /** A saved card of the account came, went or is another default, or whether invoices are paid by it by themselves. */
  'payment_method.changed': { version: 1, ids: ['billingAccountId'], liveOnly: true, ...METHODS },
  /** Somebody adds a card: the page is there, or what came of it. */
  'method_setup.changed': { version: 1, ids: ['methodSetupId'], liveOnly: true, ...METHODS },
  /** An invoice is collected by a saved card: it will be tried, is tried, was paid, or is not collected any more. */
  'collection.changed': { version: 1, ids: ['collectionId', 'invoiceId'], liveOnly: true, ...INVOICES },
  /**
   * All tries of a saved card were in vain. What the organization wants to become of what was to be paid stands in the collection
   * (`endAction`), as it was decided at that moment.
   */
  'collection.given_up': { version: 1, ids: ['collectionId', 'invoiceId'], ...INVOICES },
  /** A gateway told something, or what it told was worked through. */
  'gateway_event.changed': { version: 1, ids: ['gatewayEventId'], liveOnly: true, staff: 'payments:write' },
  /** Money came that nobody here asked for, or staff have said whose it is. */
  'stray_payment.changed': { version: 1, ids: ['strayPaymentId'], liveOnly: true, staff: 'payments:write' },
  /** A draft came, changed or went, or links to a proposal did. */
  'proposal.drafted': { version: 1, ids: ['proposalId'], liveOnly: true, staff: 'proposals:read' },
  /** A version of it was sent, which takes the place of the one before. */
  'proposal.sent': { version: 1, ids: ['proposalId', 'proposalVersionId'], ...PROPOSALS },
  /** How it ended: its customer decided, staff took it back, or nobody decided in time. */
  'proposal.accepted': { version: 1, ids: ['proposalId'], ...PROPOSALS },
  'proposal.rejected': { version: 1, ids: ['proposalId'], ...PROPOSALS },
  'proposal.withdrawn': { version: 1, ids: ['proposalId'], ...PROPOSALS },
  'proposal.expired': { version: 1, ids: ['proposalId'], ...PROPOSALS },
  /** Anything else about it: its document was drawn. */
  'proposal.updated': { version: 1, ids: ['proposalId'], liveOnly: true, ...PROPOSALS },
  /** A statement of a customer's books was drawn as a document. */
  'statement.drawn': { version: 1, ids: ['billingAccountId'], liveOnly: true, ...INVOICES },
  /** A subscription came, or anything about it is otherwise: its plan, its state, what is planned of it. */
  'subscription.changed': { version: 1, ids: ['subscriptionId'], liveOnly: true, ...SUBSCRIPTIONS },
  /** What of it its customer is written to about; each names the entry of its history that tells the same. */
  'subscription.trial_ending': { version: 1, ids: SUBSCRIPTION_EVENT_IDS, ...SUBSCRIPTIONS },
  'subscription.plan_changed': { version: 1, ids: SUBSCRIPTION_EVENT_IDS, ...SUBSCRIPTIONS },
  'subscription.paused': { version: 1, ids: SUBSCRIPTION_EVENT_IDS, ...SUBSCRIPTIONS },
  'subscription.resumed': { version: 1, ids: SUBSCRIPTION_EVENT_IDS, ...SUBSCRIPTIONS },
  'subscription.cancel_planned': { version: 1, ids: SUBSCRIPTION_EVENT_IDS, ...SUBSCRIPTIONS },
  'subscription.ended': { version: 1, ids: SUBSCRIPTION_EVENT_IDS, ...SUBSCRIPTIONS },
  'subscription.past_due': { version: 1, ids: SUBSCRIPTION_EVENT_IDS, ...SUBSCRIPTIONS },
  /** What is sold, or what it costs. */
  'plan.changed': {
    version: 1,
    ids: ['planId'],
    liveOnly: true,
    staff: 'subscriptions:read',
    customers: { everybody: 'subscriptions:read' },
  },
  /** A company that signs up is a step further, or at its end. */
  'signup.changed': { version: 1, ids: ['signupId'], liveOnly: true, staff: 'signups:read' },
  /** The organization has another name. */
  'organization.changed': { version: 1, ids: ['organizationId'], liveOnly: true, staff: 'portals:read' },
  /** It is later in a sandbox organization, or its clock has set out or arrived. */
  'clock.advanced': { version: 1, ids: ['organizationId'], liveOnly: true, staff: 'clock:read' },
  /** A portal has a new version: somebody published settings, or changed what it is. */
  'portal.changed': { version: 1, ids: ['portalId'], liveOnly: true, staff: 'portals:read' },
  /** A picture for a portal was prepared, or refused. */
  'portal_picture.finished': {
    version: 1,
    ids: ['portalId', 'portalPictureId'],
    liveOnly: true,
    staff: 'portals:read',
  },
  /** Staff gave somebody another e-mail address, which has to prove itself. */
  'portal_user.email_changed': { version: 1, ids: ['portalUserId'], staff: 'users:read' },
  /** Somebody was given a name, which may be the one they had. */
  'portal_user.renamed': { version: 1, ids: ['portalUserId'], staff: 'users:read' },
  /** The worker has come further in a list of people to invite, or to its end. */
  'invitation_import.advanced': { version: 1, ids: ['invitationImportId'], liveOnly: true, staff: 'invitations:read' },
  /** The worker has come further in a file of customers or of invoices, or to its end. */
  'account_import.advanced': { version: 1, ids: ['accountImportId'], liveOnly: true, staff: 'customers:read' },
  'invoice_import.advanced': { version: 1, ids: ['invoiceImportId'], liveOnly: true, staff: 'invoices:read' },
  /** What is known of a domain of the organization: claimed, looked at, verified, lost or given up. */
  'domain.changed': { version: 1, ids: ['domainId'], optional: ['portalId'], liveOnly: true, staff: 'portals:read' },
} as const satisfies Record<string, EventDefinition>;

export type EventName = keyof typeof EVENTS;

/** A stream of live updates says something at least that often. */
export const LIVE_HEARTBEAT_MS = 25_000;

type OptionalId<Name extends EventName> = (typeof EVENTS)[Name] extends {
  optional: readonly (infer Id extends string)[];
}
  ? Id
  : never;

export type EventIds<Name extends EventName> = Record<(typeof EVENTS)[Name]['ids'][number], string> &
  Partial<Record<OptionalId<Name>, string>>;

/** Whom an event concerns: what customers hear of as their account's reaches none of them without it. */
export interface Concerned {
  billingAccountId: string;
  /** Of whom it is, for those who may see their own only. */
  portalUserId: string | undefined;
}

/** Something that happened, as it is published. */
export type DomainEvent = {
  [Name in EventName]: { name: Name; ids: EventIds<Name> } & ((typeof EVENTS)[Name] extends {
    customers: { account: PortalPermission };
  }
    ? Concerned
    : Partial<Concerned>);
}[EventName];

/** What is kept of an event until everybody who subscribed has heard it. */
export interface EventPayload<Ids = Record<string, string | undefined>> {
  /** Names the event wherever it is told. */
  id: string;
  /** Who did it; `system` acts without an id. */
  actor: { type: string; id?: string };
  ids: Ids;
}

/** An event as its subscribers hear it. */
export type HeardEvent = { [Name in EventName]: EventPayload<EventIds<Name>> & { name: Name } }[EventName];
