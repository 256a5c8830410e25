import type { OwedInvoice } from '@balcao/module-billing';
import { nextBankingDay } from '@balcao/brazil';
import { addDays, lateCharges, startOfDay, type Day } from '@balcao/money';
import { DomainError, refusedField } from '@balcao/platform-errors';
import type { GatewayCapabilities, GatewayMethod } from '@balcao/platform-gateways';
import type { PaymentSettings } from '../payment-settings.js';
import type { InvoiceCost } from './payment.js';

/** Less than that is not worth another payer's look: a new code is made instead. */
const LEAST_LEFT_MS = 2 * 60_000;
/** A gateway's page stands open for so long. */
const PAGE_MS = 60 * 60_000;

const chargesOf = ({ owed, dueOn, payableUntil, finePercent, interestPercent }: OwedInvoice, paidOn: Day) =>
  lateCharges({ owed, dueOn, payableUntil, paidOn, finePercent, interestPercentPerMonth: interestPercent });

/** What an invoice costs on a day. */
export function costOn(invoice: OwedInvoice & { id: string }, paidOn: Day): InvoiceCost {
  const { fine, interest } = chargesOf(invoice, paidOn);
  return { invoiceId: invoice.id, principal: invoice.owed, fine, interest };
}

/** Days of lateness that an invoice is charged for on a day. */
export const lateDaysOf = (invoice: OwedInvoice, paidOn: Day): number => chargesOf(invoice, paidOn).days;

export const totalOf = ({ principal, fine, interest }: Omit<InvoiceCost, 'invoiceId'>): bigint =>
  principal + fine + interest;

/**
 * A part of one invoice: what is owed is asked for first, and how money is divided when it comes is the ledger's to say.
 * @throws DomainError partial_payment_not_allowed, validation_failed where it is more than all of it
 */
export function partOf(
  invoices: readonly { allowsPartial: boolean }[],
  costs: readonly InvoiceCost[],
  amount: bigint,
): InvoiceCost {
  const [cost] = costs;
  if (costs.length !== 1 || !cost) throw new DomainError('partial_payment_not_allowed');
  const total = totalOf(cost);
  if (amount === total) return cost;
  if (!invoices[0]!.allowsPartial) throw new DomainError('partial_payment_not_allowed');
  if (amount > total) throw refusedField('amount', 'max');
  const principal = amount < cost.principal ? amount : cost.principal;
  const fine = amount - principal < cost.fine ? amount - principal : cost.fine;
  return { ...cost, principal, fine, interest: amount - principal - fine };
}

/** Whether a payment that is open asks for the same, and long enough. */
export function paysTheSame(
  { targets, expiresAt }: { targets: readonly InvoiceCost[]; expiresAt: Date },
  wanted: readonly InvoiceCost[],
  now: Date,
): boolean {
  return (
    expiresAt.getTime() - now.getTime() > LEAST_LEFT_MS &&
    targets.length === wanted.length &&
    wanted.every((each) =>
      targets.some(
        (target) =>
          target.invoiceId === each.invoiceId &&
          target.principal === each.principal &&
          target.fine === each.fine &&
          target.interest === each.interest,
      ),
    )
  );
}

/** A code's end may differ by so much from what was asked for: gateways cut seconds, or minutes, off. */
const SLACK_MS = 12 * 60 * 60_000;

type Capabilities = Pick<GatewayCapabilities, 'addsLateCharges' | 'minValidityMs'>;

/** When and on what terms a payment is to be made. */
export interface PaymentTerms {
  /** The day whose charges are asked for. */
  paidOn: Day;
  expiresAt: Date;
  /** Of boletos. */
  dueOn: Day | null;
  finePercent: string;
  interestPercent: string;
}

/**
 * The terms of a payment of these invoices. A code is good for the day where lateness makes it dearer by the next; a boleto is due
 * when the first of them is, or on the next banking day where that has gone by, and grows behind it as the invoices do, if they all
 * grow alike and the bank can reckon it.
 */
export function termsOf(
  method: GatewayMethod,
  invoices: readonly OwedInvoice[],
  settings: PaymentSettings,
  { now, today, timeZone, capabilities }: { now: Date; today: Day; timeZone: string; capabilities: Capabilities },
): PaymentTerms {
  const none = { dueOn: null, finePercent: '0', interestPercent: '0' };
  if (method !== 'boleto') {
    const lasts = method === 'pix' ? settings.pixMinutes * 60_000 : PAGE_MS;
    const grows = invoices.some(
      (each) => each.payableUntil <= today && (each.finePercent !== '0' || each.interestPercent !== '0'),
    );
    const until = now.getTime() + lasts;
    const dayEnds = startOfDay(addDays(today, 1), timeZone).getTime();
    if (!grows || until <= dayEnds) return { ...none, paidOn: today, expiresAt: new Date(until) };
    // Too late in the day for a code of it: tomorrow's amount is asked for.
    const left = dayEnds - now.getTime();
    return left <= LEAST_LEFT_MS || left < capabilities.minValidityMs
      ? { ...none, paidOn: addDays(today, 1), expiresAt: new Date(until) }
      : { ...none, paidOn: today, expiresAt: new Date(dayEnds) };
  }
  const first = invoices.map(({ dueOn }) => dueOn).reduce((a, b) => (a < b ? a : b));
  const isLate = invoices.some(({ payableUntil }) => payableUntil < today);
  const dueOn = isLate || first < today ? nextBankingDay(addDays(today, 1)) : first;
  const [one, ...others] = invoices;
  const alike = others.every(
    (each) => each.finePercent === one!.finePercent && each.interestPercent === one!.interestPercent,
  );
  // The bank reckons from the boleto's own due date: behind it only what was in time until then grows as its invoice does.
  const grows = capabilities.addsLateCharges && alike && !isLate;
  const last = grows ? addDays(nextBankingDay(dueOn), settings.boletoDays) : nextBankingDay(dueOn);
  return {
    paidOn: isLate ? dueOn : today,
    dueOn,
    finePercent: grows ? one!.finePercent : '0',
    interestPercent: grows ? one!.interestPercent : '0',
    expiresAt: startOfDay(addDays(last, 1), timeZone),
  };
}

/** The code of an invoice's document: on what terms, or from when on the gateway can hold one so long. */
export type DocumentTerms = { terms: PaymentTerms; earliestEnd: Date; latestEnd: Date } | { from: Date };

/**
 * The terms of the code that stands on an invoice's document, which somebody may pay weeks later. A boleto has those that every boleto
 * has. A PIX code is good until the end of the last day in time, and as many days behind it as the portal gives, at the same amount:
 * its gateway cannot reckon charges. Where a gateway holds codes for a shorter time, it is at least good to the last day in time.
 * @returns null of an invoice that is late: what it costs is another amount each day
 */
export function documentTermsOf(
  method: 'pix' | 'boleto',
  invoice: OwedInvoice,
  settings: PaymentSettings,
  place: {
    now: Date;
    today: Day;
    timeZone: string;
    capabilities: Capabilities & Pick<GatewayCapabilities, 'maxValidityMs'>;
  },
): DocumentTerms | null {
  const { now, today, timeZone, capabilities } = place;
  if (invoice.payableUntil < today) return null;
  const endOf = (day: Day) => startOfDay(addDays(day, 1), timeZone);
  const none = { dueOn: null, finePercent: '0', interestPercent: '0' };
  const wanted: PaymentTerms =
    method === 'boleto'
      ? termsOf('boleto', [invoice], settings, place)
      : { ...none, paidOn: today, expiresAt: endOf(addDays(invoice.payableUntil, settings.invoicePixDays)) };
  const least = endOf(invoice.payableUntil);
  const from = new Date(least.getTime() - capabilities.maxValidityMs);
  if (from > now) return { from };
  const most = now.getTime() + capabilities.maxValidityMs;
  return {
    terms: { ...wanted, expiresAt: new Date(Math.min(wanted.expiresAt.getTime(), most)) },
    earliestEnd: new Date(least.getTime() - SLACK_MS),
    latestEnd: new Date(wanted.expiresAt.getTime() + SLACK_MS),
  };
}
