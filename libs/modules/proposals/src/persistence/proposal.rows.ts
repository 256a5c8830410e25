import type { Day } from '@balcao/money';
import type { ProofMediaType } from '@balcao/module-billing';
import { columnsOf, membersOf, sql } from '@balcao/platform-tenancy';
import type { ProposalContent, ProposalState, RejectionReason, SignatureKind } from '../domain/proposal.js';
import type { Strokes } from '../domain/signature.js';

/** A proposal: what of it does not hang on a version, or is that of the one that counts. Money is in minor units of `currency`. */
export interface ProposalRow {
  id: string;
  billingAccountId: string;
  /** What people quote; null until it is sent first. */
  number: string | null;
  /** What staff call it elsewhere; null for nothing. */
  reference: string | null;
  state: ProposalState;
  title: string;
  currency: string;
  total: bigint;
  validUntil: Day | null;
  currentVersionId: string | null;
  contactId: string | null;
  sentAt: Date | null;
  acceptedAt: Date | null;
  rejectedAt: Date | null;
  withdrawnAt: Date | null;
  withdrawReason: string | null;
  expiredAt: Date | null;
  createdById: string | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

export const PROPOSAL_COLUMNS = columnsOf(
  't',
  membersOf<ProposalRow>()([
    'id',
    'billingAccountId',
    'number',
    'reference',
    'state',
    'title',
    'currency',
    'total',
    'validUntil',
    'currentVersionId',
    'contactId',
    'sentAt',
    'acceptedAt',
    'rejectedAt',
    'withdrawnAt',
    'withdrawReason',
    'expiredAt',
    'createdById',
    'version',
    'createdAt',
    'updatedAt',
  ]),
);

export interface StaffProposalRow extends ProposalRow {
  billingAccountName: string;
  contactName: string | null;
}

/** Rows of versions without what they say. */
export interface VersionRow {
  id: string;
  proposalId: string;
  billingAccountId: string;
  /** Counted from 1. */
  number: number;
  reference: string | null;
  title: string;
  currency: string;
  total: bigint;
  validUntil: Day | null;
  digest: string | null;
  sentAt: Date | null;
  supersededAt: Date | null;
}

const VERSION = columnsOf(
  'v',
  membersOf<VersionRow>()([
    'id',
    'proposalId',
    'billingAccountId',
    'number',
    'reference',
    'title',
    'currency',
    'total',
    'validUntil',
    'digest',
    'sentAt',
    'supersededAt',
  ]),
);
export const VERSION_COLUMNS = VERSION;

export interface DraftRow extends VersionRow {
  content: ProposalContent;
}

/** A version as it was sent. */
export interface SentRow extends VersionRow {
  /** The text that is proposed, to the byte. */
  document: string;
  digest: string;
  sentAt: Date;
  validUntil: Day;
}
export const SENT_COLUMNS = sql`${VERSION}, v.document`;

/** A file of a version. */
export interface FileRow {
  id: string;
  versionId: string;
  /** What the file is called in storage. */
  storageId: string;
  fileName: string;
  mediaType: ProofMediaType;
  bytes: number;
  digest: string;
}
export const FILE_COLUMNS = columnsOf(
  'f',
  membersOf<FileRow>()(['id', 'versionId', 'storageId', 'fileName', 'mediaType', 'bytes', 'digest']),
);

/** Who decided, and how it is known. */
export interface DecisionRow {
  versionId: string;
  digest: string;
  kind: 'accepted' | 'rejected';
  signerName: string;
  signerRole: string | null;
  /** CPF without its marks. */
  signerTaxId: string | null;
  signature: SignatureKind | null;
  strokes: Strokes | null;
  reason: RejectionReason | null;
  comment: string | null;
  portalUserId: string | null;
  linkId: string | null;
  /** The day that they chose to begin on; null where they had no choice. */
  startsOn: Day | null;
  subscriptionId: string | null;
  ip: string;
  userAgent: string;
  decidedAt: Date;
}
const DECISION = membersOf<DecisionRow>()([
  'versionId',
  'digest',
  'kind',
  'signerName',
  'signerRole',
  'signerTaxId',
  'signature',
  'strokes',
  'reason',
  'comment',
  'portalUserId',
  'linkId',
  'startsOn',
  'subscriptionId',
  'ip',
  'userAgent',
  'decidedAt',
]);
export const DECISION_COLUMNS = columnsOf('d', DECISION);

export const EVENT_KINDS = [
  'created',
  'sent',
  'mailed',
  'reminded',
  'accepted',
  'rejected',
  'withdrawn',
  'expired',
  'link_created',
  'link_revoked',
] as const;
export type ProposalEventKind = (typeof EVENT_KINDS)[number];

/** What became of a proposal. */
export interface EventRow {
  id: string;
  kind: ProposalEventKind;
  versionNumber: number | null;
  recipient: string | null;
  actorName: string | null;
  createdAt: Date;
}

/** The invoice that acceptance made. */
export interface MadeInvoice {
  id: string;
  number: string;
  title: string;
}
