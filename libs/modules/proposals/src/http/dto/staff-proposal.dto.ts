import { ApiProperty } from '@nestjs/swagger';
import {
  CurrencyField,
  DiscountFacts,
  DiscountRequest,
  InvoiceCustomer,
  InvoiceLineRequest,
  OfferedLineFacts,
  discountFacts,
  discountOf,
  draftLines,
  offeredLine,
} from '@balcao/module-billing/http';
import { MOST_LINES, invoiceTotals, type Day } from '@balcao/money';
import {
  CLEARABLE,
  DayField,
  DecimalField,
  EnumField,
  IntegerField,
  ListOf,
  Money,
  Nullable,
  ObjectField,
  ObjectListField,
  Single,
  TextField,
  UuidField,
  VersionField,
  money,
} from '@balcao/platform-http';
import { refusedField } from '@balcao/platform-errors';
import { OUTCOME_KINDS, type OutcomeKind, type ProposalOutcome } from '../../domain/proposal.js';
import type { ProposalFields } from '../../proposal-draft.service.js';
import {
  PROPOSAL_LINK_STATES,
  type ProposalLinkRow,
  type ProposalLinkState,
} from '../../links/proposal-link.repository.js';
import {
  EVENT_KINDS,
  type DraftRow,
  type FileRow,
  type ProposalEventKind,
  type StaffProposalRow,
} from '../../persistence/proposal.rows.js';
import type { StaffProposal } from '../../proposal-reader.service.js';
import {
  ProposalFacts,
  ProposalFileFacts,
  ProposalItem,
  ProposalListQuery,
  ProposalOutcomeFacts,
  fileFacts,
  outcomeFacts,
  proposalFacts,
  proposalItem,
} from './proposal.dto.js';

const LONGEST_REFERENCE = 60;

export class StaffProposalListQuery extends ProposalListQuery {
  @TextField({
    description: 'Only those that the organization calls so elsewhere, accents and case apart',
    max: LONGEST_REFERENCE,
    optional: true,
    example: 'OP-4711',
  })
  reference?: string;
  @UuidField({ description: 'Only of this customer', optional: true }) billingAccountId?: string;
}

export class StaffProposalItem extends ProposalItem {
  @ApiProperty({ type: InvoiceCustomer, description: 'Whose it is' }) billingAccount: InvoiceCustomer;
  @Nullable(String, 'Who of the staff answers questions; null for nobody', { example: 'Lucas Mendes' })
  contactName: string | null;
  @ApiProperty() createdAt: Date;
}

/** What is being written, as it reckons now. */
export class ProposalDraftFacts {
  @ApiProperty({ type: 'integer', description: 'Which version it becomes', example: 3 }) number: number;
  @Nullable(String, 'What the organization calls it elsewhere; null for nothing', { example: 'OP-4711' })
  reference: string | null;
  @ApiProperty({ description: 'What it is, in one line' }) title: string;
  @ApiProperty({ description: 'Code of ISO 4217', example: 'BRL' }) currency: string;
  @ApiProperty({ type: Money, description: 'What it comes to' }) total: Money;
  @Nullable(String, 'Last day on which it can be decided; null while nobody has said', {
    format: 'date',
    example: '2026-11-30',
  })
  validUntil: Day | null;
  @Nullable(String, 'Plain text; null for nothing') introduction: string | null;
  @Nullable(String, 'Plain text; null for nothing') terms: string | null;
  @ApiProperty({ type: [OfferedLineFacts], description: 'In their order' }) lines: OfferedLineFacts[];
  @ApiProperty({ type: DiscountFacts, nullable: true, description: 'Off all lines; null for none' })
  discount: DiscountFacts | null;
  @ApiProperty({ type: ProposalOutcomeFacts, description: 'What acceptance brings' }) outcome: ProposalOutcomeFacts;
  @ApiProperty({ type: [ProposalFileFacts], description: 'Attachments' }) files: ProposalFileFacts[];
}

export class ProposalEventFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: EVENT_KINDS, description: 'What happened' }) kind: ProposalEventKind;
  @Nullable('integer', 'Of which version; null where it is about none', { example: 3 }) version: number | null;
  @Nullable(String, 'To whom a mail went; null where none did') recipient: string | null;
  @Nullable(String, 'Who did it; null where nobody, or somebody who is gone') actorName: string | null;
  @ApiProperty({ description: 'When' }) at: Date;
}

export class StaffProposalFacts extends StaffProposalItem {
  @Nullable(String, 'Who of the staff answers questions; null for nobody', { format: 'uuid' }) contactId: string | null;
  @ApiProperty({
    type: ProposalDraftFacts,
    nullable: true,
    description: 'What is being written; null where nothing is',
  })
  draft: ProposalDraftFacts | null;
  @ApiProperty({
    type: ProposalFacts,
    nullable: true,
    description: 'The version that counts; null while none was sent',
  })
  current: ProposalFacts | null;
  @ApiProperty({ type: [ProposalEventFacts], description: 'What became of it, the latest first; 200 at most' })
  history: ProposalEventFacts[];
  @ApiProperty({ type: 'integer', description: 'Counts its changes' }) version: number;
}

export class StaffProposalResponse extends Single('proposal', StaffProposalFacts) {}

export class ProposalItemRequest {
  @UuidField({ description: 'Price of a plan' }) priceId: string;
  @DecimalField({ description: 'How many', example: '1', optional: true }) quantity?: string;
  @TextField({ description: 'What makes it clear: a place', max: 255, ...CLEARABLE }) detail?: string | null;
}

export class ProposalOutcomeRequest {
  @EnumField({ description: 'What acceptance brings', values: OUTCOME_KINDS }) kind: OutcomeKind;
  @IntegerField({
    description: 'From acceptance to the due date, in days; as many as usual where absent',
    min: 0,
    max: 365,
    example: 10,
    ...CLEARABLE,
  })
  dueDays?: number | null;
  @ObjectListField({
    description: 'Of a subscription: what it is of. Its lines are then those of its first period',
    type: () => ProposalItemRequest,
    minItems: 1,
    maxItems: 50,
    optional: true,
  })
  items?: ProposalItemRequest[];
  @DayField({ description: 'First day of a subscription; that of acceptance where absent', ...CLEARABLE })
  startsOn?: Day | null;
  @IntegerField({
    description:
      'Let whoever accepts choose the first day, from that of acceptance until so many behind `validUntil`; they do not where absent. Of an invoice the due date is counted from there',
    min: 0,
    max: 365,
    example: 30,
    ...CLEARABLE,
  })
  startWithinDays?: number | null;
}

/** What a draft says; what is left out is as the organization's terms have it, or empty. */
export class CreateProposalRequest {
  @UuidField({ description: 'Customer' }) billingAccountId: string;
  @TextField({ description: 'What it is, in one line', max: 255, example: 'Fibra 1 Giga nas duas lojas' })
  title: string;
  @TextField({
    description:
      "What the organization calls it elsewhere: a number of its sales, or of the customer's order, who reads it",
    max: LONGEST_REFERENCE,
    example: 'OP-4711',
    ...CLEARABLE,
  })
  reference?: string | null;
  @CurrencyField("Currency; the organization's where absent") currency?: string;
  @DayField({ description: 'Last day on which it can be decided', example: '2098-11-30', ...CLEARABLE })
  validUntil?: Day | null;
  @UuidField({ description: 'Who of the staff answers questions; who writes it where absent', ...CLEARABLE })
  contactId?: string | null;
  @TextField({
    description: 'What it changes for the customer; plain text',
    max: 5_000,
    example: 'As duas lojas passam a ter 1 Gb/s cada.',
    ...CLEARABLE,
  })
  introduction?: string | null;
  @TextField({ description: 'On which terms; plain text', max: 20_000, example: 'Sem fidelidade.', ...CLEARABLE })
  terms?: string | null;
  @ObjectField({ description: 'Off all lines', type: () => DiscountRequest, ...CLEARABLE })
  discount?: DiscountRequest | null;
  @ObjectListField({
    example: [{ description: 'Fibra 1 Giga, loja 1', quantity: '1', unitPrice: 38_990 }],
    description: 'In their order',
    type: () => InvoiceLineRequest,
    minItems: 0,
    maxItems: MOST_LINES,
  })
  lines: InvoiceLineRequest[];
  @ObjectField({
    description: 'What acceptance brings; an invoice where absent',
    type: () => ProposalOutcomeRequest,
    optional: true,
  })
  outcome?: ProposalOutcomeRequest;
}

export class ReplaceProposalRequest extends CreateProposalRequest {
  @VersionField() version: number;
}

export class SendProposalRequest {
  @VersionField() version: number;
}

export class WithdrawProposalRequest {
  @VersionField() version: number;
  @TextField({ description: 'Why; the customer reads it', max: 500, example: 'O equipamento saiu de linha' })
  reason: string;
}

export class ProposalFileQuery {
  @TextField({
    description: 'What the file is called; how it is kept ends as what it is',
    max: 200,
    example: 'planta.pdf',
  })
  fileName: string;
}

export class AddedProposalFileResponse extends Single('file', ProposalFileFacts) {}

/** A link of a proposal, as staff see it. */
export class ProposalLinkItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: PROPOSAL_LINK_STATES, description: 'Whether it opens the proposal' }) state: ProposalLinkState;
  @Nullable(String, 'Whom it was mailed to; null of one that staff copy', { example: 'ana@padaria.example' })
  email: string | null;
  @ApiProperty({ description: 'Until when it opens the proposal, unless it is revoked' }) expiresAt: Date;
  @ApiProperty({ description: 'When it was made' }) createdAt: Date;
  @Nullable(String, 'Who of the staff asked for it; null where a mail needed one') createdByName: string | null;
  @Nullable(Date, 'When a mail with it was asked for; null where none was') lastSentAt: Date | null;
  @Nullable(Date, 'When it was revoked; null where it was not') revokedAt: Date | null;
  @Nullable(String, 'Who revoked it; null where nobody did') revokedByName: string | null;
}

export class ProposalLinkListResponse extends ListOf(ProposalLinkItem) {}
export class ProposalLinkResponse extends Single('proposalLink', ProposalLinkItem) {}

export class ProposalLinkAddressResponse {
  @ApiProperty({
    description: 'Opens the proposal for whoever has it: a secret, which is nowhere kept',
    example: 'https://balcao.example/o/aurora/portal/proposal#token=AZrDyQAAcACAAAAAAAAAAA.mJ0m9o',
  })
  url: string;
}

/** What was asked for as the service takes it. @throws DomainError validation_failed as `draftLines`, and for a subscription to nothing */
export function proposalFields({ lines, discount, outcome, ...fields }: CreateProposalRequest): ProposalFields {
  return {
    ...fields,
    reference: fields.reference ?? null,
    validUntil: fields.validUntil ?? null,
    introduction: fields.introduction ?? null,
    terms: fields.terms ?? null,
    discount: discountOf(discount, 'discount'),
    lines: draftLines(lines),
    outcome: outcomeOf(outcome),
  };
}

function outcomeOf(outcome: ProposalOutcomeRequest | undefined): ProposalOutcome {
  const { dueDays = null, startWithinDays = null } = outcome ?? {};
  if (outcome?.kind !== 'subscription') {
    if (outcome?.items) throw refusedField('outcome.items', 'whitelistValidation');
    if (outcome?.startsOn) throw refusedField('outcome.startsOn', 'whitelistValidation');
    return { kind: 'invoice', dueDays, startWithinDays };
  }
  if (outcome.startsOn && startWithinDays !== null) throw refusedField('outcome.startsOn', 'startIsChosen');
  if (!outcome.items) throw refusedField('outcome.items', 'required');
  return {
    kind: 'subscription',
    dueDays,
    startWithinDays,
    startsOn: outcome.startsOn ?? null,
    items: outcome.items.map(({ priceId, quantity = '1', detail = null }) => ({ priceId, quantity, detail })),
  };
}

export const staffProposalItem = (row: StaffProposalRow, today: Day): StaffProposalItem => ({
  ...proposalItem(row, today),
  billingAccount: { id: row.billingAccountId, name: row.billingAccountName },
  contactName: row.contactName,
  createdAt: row.createdAt,
});

export function staffProposal({ proposal, draft, seen, events, today }: StaffProposal): StaffProposalResponse {
  return {
    proposal: {
      ...staffProposalItem(proposal, today),
      contactId: proposal.contactId,
      draft: draft ? draftFacts(draft) : null,
      current: seen ? proposalFacts(seen) : null,
      history: events.map(({ id, kind, versionNumber: version, recipient, actorName, createdAt: at }) => ({
        ...{ id, kind, version, recipient, actorName, at },
      })),
      version: proposal.version,
    },
  };
}

function draftFacts({ files, content, currency, ...draft }: DraftRow & { files: FileRow[] }): ProposalDraftFacts {
  const { introduction, terms, discount, lines, outcome } = content;
  const { totals } = invoiceTotals({
    currency,
    discount: discount ?? undefined,
    lines: lines.map(({ quantity, unitPrice, discount: off, tax }) => ({
      quantity,
      unitPrice,
      discount: off ?? undefined,
      tax: tax ? { rate: tax.percent, included: tax.included } : undefined,
    })),
  });
  return {
    ...{
      number: draft.number,
      reference: draft.reference,
      title: draft.title,
      currency,
      validUntil: draft.validUntil,
      introduction,
      terms,
    },
    total: money(draft.total, currency),
    lines: lines.map((line, place) =>
      offeredLine(
        {
          description: line.description,
          detail: line.detail ?? null,
          startsOn: line.startsOn ?? null,
          endsOn: line.endsOn ?? null,
          quantity: line.quantity,
          unitPrice: line.unitPrice,
          discountPercent: line.discount?.percent ?? null,
          discountAmount: line.discount?.amount ?? null,
          taxName: line.tax?.name ?? null,
          taxPercent: line.tax?.percent ?? null,
          taxIsIncluded: line.tax?.included ?? false,
          // What was written reckons.
          ...totals!.lines[place]!,
        },
        currency,
      ),
    ),
    discount: discountFacts(
      { discountPercent: discount?.percent ?? null, discountAmount: discount?.amount ?? null },
      currency,
    ),
    outcome: outcomeFacts(outcome),
    files: files.map(fileFacts),
  };
}

export const proposalLinkItem = (row: ProposalLinkRow): ProposalLinkItem => {
  const { id, state, email, expiresAt, createdAt, createdByName, lastSentAt, revokedAt, revokedByName } = row;
  return { id, state, email, expiresAt, createdAt, createdByName, lastSentAt, revokedAt, revokedByName };
};
