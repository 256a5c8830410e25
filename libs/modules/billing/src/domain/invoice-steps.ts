import { lateCharges, type Day } from '@balcao/money';
import type { InvoiceDetailRow } from '../persistence/invoice.rows.js';
import { statusOf } from './invoice.js';

/** What leads to an invoice and away from it, in its order. */
export const INVOICE_STEP_KINDS = ['proposal', 'subscription', 'invoice', 'payment', 'fiscal_note'] as const;
/** `done` has happened, `waiting` not yet, `late` should have; `part` is a beginning; `ended` counts no more. */
export const INVOICE_STEP_STATES = ['done', 'waiting', 'part', 'late', 'ended'] as const;

/** A step on the way of an invoice. Amounts are minor units of its currency. */
export interface InvoiceStep {
  kind: (typeof INVOICE_STEP_KINDS)[number];
  state: (typeof INVOICE_STEP_STATES)[number];
  /** Of what it is about, where that has a page of its own. */
  id: string | null;
  /** What people quote: a number, a name. */
  label: string | null;
  on: Day | null;
  amount: bigint | null;
}

/** What an invoice gives steps of, on a day. */
type StepSource = (invoice: InvoiceDetailRow, today: Day) => InvoiceStep[];

/** Each gives the steps that it knows of, none where there are none: a strip has what there is. */
const SOURCES: readonly StepSource[] = [proposalStep, subscriptionStep, invoiceStep, paymentStep, fiscalNoteSteps];

/** The way of an opened invoice: where it comes from, what has paid it, and the notes of it. */
export const invoiceSteps = (invoice: InvoiceDetailRow, today: Day): InvoiceStep[] =>
  SOURCES.flatMap((source) => source(invoice, today)).sort(
    (one, other) => INVOICE_STEP_KINDS.indexOf(one.kind) - INVOICE_STEP_KINDS.indexOf(other.kind),
  );

function subscriptionStep({ subscriptionId, subscriptionNumber }: InvoiceDetailRow): InvoiceStep[] {
  if (subscriptionId === null) return [];
  return [
    { kind: 'subscription', state: 'done', id: subscriptionId, label: subscriptionNumber, on: null, amount: null },
  ];
}

function proposalStep({ proposalId, proposalNumber, openedOn }: InvoiceDetailRow): InvoiceStep[] {
  if (proposalId === null) return [];
  return [{ kind: 'proposal', state: 'done', id: proposalId, label: proposalNumber, on: openedOn, amount: null }];
}

function invoiceStep({ id, number, state, openedOn, total }: InvoiceDetailRow): InvoiceStep[] {
  return [
    { kind: 'invoice', state: state === 'void' ? 'ended' : 'done', id, label: number, on: openedOn, amount: total },
  ];
}

/** What has paid it, or what is still to pay, with what lateness has added. */
function paymentStep(invoice: InvoiceDetailRow, today: Day): InvoiceStep[] {
  const { state, owed, settled, dueOn, payableUntil, settlements, finePercent, interestPercent } = invoice;
  if (state === 'void') return [];
  const step = { kind: 'payment' as const, id: null, label: null };
  if (owed === 0n) {
    const paid = settlements.reduce((sum, { lateCharges: late }) => sum + late, settled);
    return [{ ...step, state: 'done', on: settlements.at(-1)?.postedOn ?? null, amount: paid }];
  }
  const status = statusOf(invoice, today);
  const late =
    dueOn && payableUntil
      ? lateCharges({ owed, dueOn, payableUntil, paidOn: today, finePercent, interestPercentPerMonth: interestPercent })
      : undefined;
  return [
    {
      ...step,
      state: status === 'overdue' ? 'late' : settled > 0n ? 'part' : 'waiting',
      on: dueOn,
      amount: late?.total ?? owed,
    },
  ];
}

/** Those that count; where none does, the last that did. */
function fiscalNoteSteps({ fiscalNotes }: InvoiceDetailRow): InvoiceStep[] {
  const valid = fiscalNotes.filter(({ status }) => status === 'authorized');
  const shown = valid.length > 0 ? valid : fiscalNotes.slice(-1);
  return shown.map(({ id, number, status, issuedOn, serviceAmount }) => ({
    kind: 'fiscal_note',
    state: status === 'authorized' ? 'done' : 'ended',
    id,
    label: number,
    on: issuedOn,
    amount: serviceAmount,
  }));
}
