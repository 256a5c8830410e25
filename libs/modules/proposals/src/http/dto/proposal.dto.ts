import { ApiProperty } from '@nestjs/swagger';
import { PROOF_MEDIA_TYPES, type ProofMediaType } from '@balcao/module-billing';
import {
  DiscountFacts,
  InvoiceTaxFacts,
  OfferedLineFacts,
  PartyFacts,
  discountFacts,
  offeredLine,
  taxesOf,
} from '@balcao/module-billing/http';
import { daysBetween, type Day } from '@balcao/money';
import {
  BooleanField,
  CLEARABLE,
  DayField,
  DeviceNames,
  EnumField,
  EnumFilterField,
  Money,
  NameField,
  Nullable,
  PageQuery,
  SearchField,
  Single,
  TaxIdField,
  TextField,
  deviceNames,
  money,
} from '@balcao/platform-http';
import {
  OUTCOME_KINDS,
  PROPOSAL_STATES,
  REJECTION_REASONS,
  SIGNATURE_KINDS,
  VERSION_STATES,
  lastStart,
  statusOf,
  versionStateOf,
  type OutcomeKind,
  type ProposalOutcome,
  type ProposalState,
  type RejectionReason,
  type SignatureKind,
  type VersionState,
} from '../../domain/proposal.js';
import type { ProposalText } from '../../domain/proposal-text.js';
import { LONGEST_SIGNATURE, writeStrokes } from '../../domain/signature.js';
import type { DecisionRow, FileRow, ProposalRow } from '../../persistence/proposal.rows.js';
import { hiddenTaxId, type SeenProposal } from '../../proposal-reader.service.js';

export class ProposalListQuery extends PageQuery {
  @EnumFilterField({ description: 'Status', values: PROPOSAL_STATES, example: 'sent,accepted' })
  status?: ProposalState[];
  @SearchField({
    description: "Part of a number, a reference or a title, or for staff of a customer's name; accents and case apart",
    example: 'fibra',
  })
  q?: string;
  @TextField({
    description: '`nextCursor` of the page before; counts instead of `page`',
    max: 300,
    optional: true,
    example: 'WyIyMDI2LTEwLTI1Il0',
  })
  cursor?: string;
}

/** What every list and every proposal shows, whoever reads it. */
export class ProposalItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @Nullable(String, 'What people quote; null until it is sent first', { example: 'P-2026-000214' }) number:
    string | null;
  @Nullable(
    String,
    'What the organization calls it elsewhere: a number of its sales, or of the order; null for nothing',
    {
      example: 'OP-4711',
    },
  )
  reference: string | null;
  @ApiProperty({ description: 'What it is, in one line', example: 'Fibra 1 Giga nas duas lojas' }) title: string;
  @ApiProperty({
    enum: PROPOSAL_STATES,
    description: '`expired` is whatever nobody decided by `validUntil`, by the calendar of the organization',
  })
  status: ProposalState;
  @ApiProperty({ type: Money, description: 'What it comes to' }) total: Money;
  @Nullable(String, 'Last day on which it can be decided; null where a draft does not say', {
    format: 'date',
    example: '2026-11-30',
  })
  validUntil: Day | null;
  @Nullable(Date, 'When the version that counts was sent; null of drafts') sentAt: Date | null;
  @Nullable(Date, 'When it was accepted, rejected or withdrawn, or expired; null while it waits') endedAt: Date | null;
}

export class ProposalFileFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'What the file is called', example: 'planta-loja-2.pdf' }) name: string;
  @ApiProperty({ enum: PROOF_MEDIA_TYPES, description: 'What the file is' }) mediaType: ProofMediaType;
  @ApiProperty({ type: 'integer', description: 'Of the file', example: 217_088 }) bytes: number;
  @ApiProperty({ description: 'SHA-256 of its bytes', example: '9f2c41d0…' }) digest: string;
}

export class ProposalFileResponse {
  @ApiProperty({ description: 'Path on this host that answers the file; good for one minute', example: '/files/…' })
  url: string;
  @ApiProperty({ description: 'What the file is called', example: 'planta-loja-2.pdf' }) name: string;
  @ApiProperty({ enum: PROOF_MEDIA_TYPES, description: 'What the file is' }) mediaType: ProofMediaType;
  @ApiProperty({ type: 'integer', description: 'Of the file', example: 217_088 }) bytes: number;
}

export class ProposedItem {
  @ApiProperty({ format: 'uuid', description: 'Price of a plan' }) priceId: string;
  @ApiProperty({ description: 'How many', example: '1' }) quantity: string;
  @Nullable(String, 'What makes it clear: a place; null for nothing') detail: string | null;
}

export class ProposalOutcomeFacts {
  @ApiProperty({ enum: OUTCOME_KINDS, description: 'What acceptance brings, at once' }) kind: OutcomeKind;
  @Nullable('integer', 'From acceptance to the due date, in days; null for as many as usual', { example: 10 })
  dueDays: number | null;
  @Nullable(String, 'First day of a subscription; null for the day of acceptance, and of others', {
    format: 'date',
    example: '2026-12-10',
  })
  startsOn: Day | null;
  @Nullable(
    'integer',
    'Whoever accepts chooses the first day, from that of acceptance until so many behind `validUntil`; null where they do not',
    { example: 30 },
  )
  startWithinDays: number | null;
  @ApiProperty({ type: [ProposedItem], description: 'What a subscription is of; none of an invoice' })
  items: ProposedItem[];
}

/** Days of which whoever accepts chooses one. */
export class StartDays {
  @ApiProperty({ type: String, format: 'date', description: 'The first: today, by the calendar of the organization' })
  from: Day;
  @ApiProperty({ type: String, format: 'date', description: 'The last' }) until: Day;
}

export class ProposalContact {
  @ApiProperty({ description: 'Who answers questions', example: 'Lucas Mendes' }) name: string;
  @ApiProperty({ format: 'email', example: 'lucas@aurora.example' }) email: string;
}

/** Version of a proposal that was sent. */
export class ProposalVersionItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ type: 'integer', description: 'Counted from 1', example: 3 }) number: number;
  @ApiProperty({ enum: VERSION_STATES, description: 'What became of it' }) state: VersionState;
  @ApiProperty({ type: Money, description: 'What it comes to' }) total: Money;
  @ApiProperty({ description: 'When it was sent' }) sentAt: Date;
}

/** How it is known who decided what. */
export class ProposalEvidenceFacts {
  @ApiProperty({ enum: ['accepted', 'rejected'], description: 'What was decided' }) kind: DecisionRow['kind'];
  @ApiProperty({ description: 'Who decided, as they wrote it', example: 'Ana Cristina Ribeiro' }) name: string;
  @Nullable(String, 'What they are there; null where they did not say', { example: 'Sócia' }) role: string | null;
  @Nullable(String, 'The middle of their CPF; null where they did not say', { example: '***.982.247-**' })
  taxId: string | null;
  @Nullable(String, 'How they signed; null of rejections', { enum: SIGNATURE_KINDS }) signature: SignatureKind | null;
  @Nullable(
    String,
    'Of a drawn one: points `x,y` within 1000 by 400, spaces between points, semicolons between strokes; null of others',
    { example: '12,40 13,41;200,90 210,99' },
  )
  strokes: string | null;
  @Nullable(String, 'The first day that they chose; null where they had no choice', {
    format: 'date',
    example: '2026-12-10',
  })
  startsOn: Day | null;
  @Nullable(String, 'Why it was rejected; null where it was accepted', { enum: REJECTION_REASONS })
  reason: RejectionReason | null;
  @Nullable(String, 'What would have made them accept; null where they did not say') comment: string | null;
  @ApiProperty({ enum: ['session', 'link'], description: 'Whether they had signed in, or came by a link' })
  by: 'session' | 'link';
  @ApiProperty({ description: 'When, by the clock of the organization' }) at: Date;
  @ApiProperty({ description: 'From which address', example: '189.40.112.7' }) ip: string;
  @ApiProperty({ description: 'What their browser called itself', example: 'Mozilla/5.0 (Linux; Android 15) …' })
  userAgent: string;
  @ApiProperty({ description: 'What device that says it is' }) device: DeviceNames;
  @ApiProperty({ description: 'SHA-256 of the text that was decided', example: '9f2c41d0…' }) digest: string;
}

export class ProposalInvoice {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'What people quote', example: 'F-2026-000123' }) number: string;
}

/** What a version says, to the byte: all of it stands in the text that `digest` is of. */
export class ProposalFacts extends ProposalItem {
  @ApiProperty({ type: ProposalVersionItem, description: 'Which version this is' }) version: ProposalVersionItem;
  @ApiProperty({ type: [ProposalVersionItem], description: 'All that were sent, the latest first' })
  versions: ProposalVersionItem[];
  @ApiProperty({
    description: 'SHA-256 of the text; whoever decides names what they have read by it',
    example: '9f2c41d0…',
  })
  digest: string;
  @ApiProperty({ type: String, format: 'date', description: 'When this version was sent' }) issuedOn: Day;
  @ApiProperty({ type: PartyFacts, description: 'Whom it is from' }) issuer: PartyFacts;
  @ApiProperty({ type: PartyFacts, description: 'Whom it is for' }) customer: PartyFacts;
  @ApiProperty({ type: ProposalContact, nullable: true, description: 'Null where nobody is named' })
  contact: ProposalContact | null;
  @Nullable(String, 'Plain text; null for nothing') introduction: string | null;
  @Nullable(String, 'Plain text; null for nothing') terms: string | null;
  @ApiProperty({ type: [OfferedLineFacts], description: 'In their order; 500 at most' }) lines: OfferedLineFacts[];
  @ApiProperty({ type: DiscountFacts, nullable: true, description: 'Off all lines; null for none' })
  discount: DiscountFacts | null;
  @ApiProperty({ type: Money, description: 'All lines, after their own discounts' }) subtotal: Money;
  @ApiProperty({ type: Money, description: 'What is taken off all lines together' }) discounted: Money;
  @ApiProperty({ type: [InvoiceTaxFacts], description: 'Taxes by name and percentage' }) taxes: InvoiceTaxFacts[];
  @ApiProperty({ type: ProposalOutcomeFacts, description: 'What acceptance brings' }) outcome: ProposalOutcomeFacts;
  @ApiProperty({
    type: StartDays,
    nullable: true,
    description: 'Of which whoever accepts it chooses one; null where they do not, and of one that does not wait',
  })
  startDays: StartDays | null;
  @ApiProperty({ type: [ProposalFileFacts], description: 'Attachments' }) files: ProposalFileFacts[];
  @ApiProperty({ type: ProposalEvidenceFacts, nullable: true, description: 'Null while nobody has decided' })
  decision: ProposalEvidenceFacts | null;
  @ApiProperty({ type: ProposalInvoice, nullable: true, description: 'What acceptance made; null where it made none' })
  invoice: ProposalInvoice | null;
  @Nullable(String, 'The subscription that began with acceptance; null where none did', { format: 'uuid' })
  subscriptionId: string | null;
  @Nullable(String, 'Why it was withdrawn; null where it was not') withdrawReason: string | null;
  @ApiProperty({ type: 'integer', description: 'Days until `validUntil`; less than 0 behind it', example: 12 })
  daysLeft: number;
}

export class ProposalResponse extends Single('proposal', ProposalFacts) {
  @ApiProperty({
    description: 'Where the organization is, by whose calendar its days go',
    example: 'America/Sao_Paulo',
  })
  timeZone: string;
}

/** SHA-256 in hexadecimal digits. */
export const DigestField = (description: string) =>
  TextField({
    description,
    min: 64,
    max: 64,
    pattern: /^[0-9a-f]{64}$/,
    example: '9f2c41d07be85a3316c0f4d8a97e52b1c3d6604e8817fa29b5e07d4410c2e1a7',
  });

export class AcceptProposalRequest {
  @DigestField('SHA-256 of the text that was read: `digest` of the proposal') digest: string;
  @NameField({ description: 'Full name of who accepts', max: 120, example: 'Ana Cristina Ribeiro' }) name: string;
  @TextField({ description: 'What they are in the company', max: 80, example: 'Sócia', ...CLEARABLE }) role?:
    string | null;
  @TaxIdField({ description: 'Their CPF, masked or not', example: '529.982.247-25', ...CLEARABLE }) taxId?:
    string | null;
  @EnumField({ description: 'How they sign: their name typed, or drawn', values: SIGNATURE_KINDS })
  signature: SignatureKind;
  @TextField({
    description: 'Of a drawn one: points `x,y` within 1000 by 400, spaces between points, semicolons between strokes',
    max: LONGEST_SIGNATURE,
    example: '12,40 13,41 20,60 25,80 30,90 60,40 90,20 120,80;200,90 210,99',
    ...CLEARABLE,
  })
  strokes?: string | null;
  @DayField({
    description: 'Day to begin on, one of `startDays` where the proposal has those; the first of them where absent',
    ...CLEARABLE,
  })
  startsOn?: Day | null;
  @BooleanField({ description: 'That they have read it and may accept it for the customer: true' }) confirmed: boolean;
}

export class RejectProposalRequest {
  @DigestField('SHA-256 of the text that was read: `digest` of the proposal') digest: string;
  @NameField({ description: 'Who rejects', max: 120, example: 'Ana Ribeiro' }) name: string;
  @EnumField({ description: 'What it was about', values: REJECTION_REASONS }) reason: RejectionReason;
  @TextField({
    description: 'What would make them accept; plain text',
    max: 1_000,
    example: 'Até R$ 600,00 por mês fechamos ainda em novembro.',
    ...CLEARABLE,
  })
  comment?: string | null;
}

export function proposalItem(row: ProposalRow, today: Day): ProposalItem {
  const { id, number, reference, title, currency, total, validUntil, sentAt } = row;
  const endedAt = row.acceptedAt ?? row.rejectedAt ?? row.withdrawnAt ?? row.expiredAt;
  const status = statusOf(row, today);
  return { id, number, reference, title, status, total: money(total, currency), validUntil, sentAt, endedAt };
}

export const fileFacts = ({ id, fileName: name, mediaType, bytes, digest }: FileRow): ProposalFileFacts => ({
  ...{ id, name, mediaType, bytes, digest },
});

export const outcomeFacts = (outcome: ProposalOutcome): ProposalOutcomeFacts => ({
  kind: outcome.kind,
  dueDays: outcome.dueDays,
  startsOn: outcome.kind === 'subscription' ? outcome.startsOn : null,
  startWithinDays: outcome.startWithinDays,
  items: outcome.kind === 'subscription' ? [...outcome.items] : [],
});

function evidenceFacts(decision: DecisionRow): ProposalEvidenceFacts {
  const { kind, signerName, signerRole, signerTaxId, signature, strokes, startsOn, reason, comment, linkId } = decision;
  return {
    kind,
    name: signerName,
    role: signerRole,
    taxId: signerTaxId && hiddenTaxId(signerTaxId),
    signature,
    strokes: strokes && writeStrokes(strokes),
    startsOn,
    reason,
    comment,
    by: linkId ? 'link' : 'session',
    at: decision.decidedAt,
    ip: decision.ip,
    userAgent: decision.userAgent,
    device: deviceNames(decision.userAgent),
    digest: decision.digest,
  };
}

const partyFacts = ({ name, legalName, taxId, address, email, phone }: ProposalText['customer']): PartyFacts => ({
  ...{ name, legalName, taxId, address, email, phone },
});

function startDays({ proposal, text, today }: SeenProposal): StartDays | null {
  const until = lastStart(text);
  return until !== null && statusOf(proposal, today) === 'sent' ? { from: today, until } : null;
}

/** How a version is told, with what became of it. */
export function proposalFacts(seen: SeenProposal): ProposalFacts {
  const { proposal, version, text, versions, files, decision, invoice, today } = seen;
  const { currency, lines, introduction, terms, contact, issuedOn, issuer, customer, outcome } = text;
  const of = (amount: bigint) => money(amount, currency);
  const told = versions.map((each): ProposalVersionItem => ({
    id: each.id,
    number: each.number,
    state: versionStateOf({ isSent: true, isCurrent: each.id === proposal.currentVersionId }, proposal, today),
    total: money(each.total, each.currency),
    sentAt: each.sentAt!,
  }));
  const isCurrent = version.id === proposal.currentVersionId;
  return {
    ...proposalItem(proposal, today),
    ...{ reference: text.reference, title: text.title, total: of(text.total), validUntil: text.validUntil },
    version: told.find(({ id }) => id === version.id)!,
    versions: told,
    digest: version.digest,
    ...{ issuedOn, issuer: partyFacts(issuer), customer: partyFacts(customer), contact, introduction, terms },
    lines: lines.map((line) => offeredLine(line, currency)),
    discount: discountFacts(text, currency),
    subtotal: of(text.subtotal),
    discounted: of(text.discount),
    taxes: taxesOf(lines, currency),
    outcome: outcomeFacts(outcome),
    startDays: isCurrent ? startDays(seen) : null,
    files: files.map(fileFacts),
    decision: decision && isCurrent ? evidenceFacts(decision) : null,
    invoice: invoice ? { id: invoice.id, number: invoice.number } : null,
    subscriptionId: decision?.subscriptionId ?? null,
    withdrawReason: proposal.withdrawReason,
    daysLeft: daysBetween(today, text.validUntil),
  };
}

export const proposalResponse = (seen: SeenProposal): ProposalResponse => ({
  proposal: proposalFacts(seen),
  timeZone: seen.timeZone,
});
