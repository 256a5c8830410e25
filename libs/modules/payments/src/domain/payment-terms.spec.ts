import { describe, expect, it } from '@jest/globals';
import type { OwedInvoice } from '@balcao/module-billing';
import { paymentSettings } from '../payment-settings.js';
import { costOn, documentTermsOf, partOf, termsOf } from './payment-terms.js';

const ZONE = 'America/Sao_Paulo';
const SETTINGS = paymentSettings.of({});
const able = { addsLateCharges: true, minValidityMs: 120_000 };
const at = (local: string, capabilities = able) => ({
  now: new Date(`${local}:00-03:00`),
  today: local.slice(0, 10),
  timeZone: ZONE,
  capabilities,
});
const owed = (dueOn: string, more: Partial<OwedInvoice> = {}): OwedInvoice => ({
  owed: 10_000n,
  dueOn,
  payableUntil: dueOn,
  finePercent: '2',
  interestPercent: '1',
  ...more,
});

describe('the terms of a payment by PIX', () => {
  it('are good for some minutes', () =>
    expect(termsOf('pix', [owed('2026-12-10')], SETTINGS, at('2026-12-01T23:50'))).toMatchObject({
      paidOn: '2026-12-01',
      expiresAt: new Date('2026-12-02T00:20:00-03:00'),
    }));

  it('end with the day behind which lateness makes it dearer', () => {
    const midnight = new Date('2026-12-11T00:00:00-03:00');
    expect(termsOf('pix', [owed('2026-12-10')], SETTINGS, at('2026-12-10T23:40')).expiresAt).toEqual(midnight);
    const free = owed('2026-12-10', { finePercent: '0', interestPercent: '0' });
    expect(termsOf('pix', [free], SETTINGS, at('2026-12-10T23:40')).expiresAt).toEqual(
      new Date('2026-12-11T00:10:00-03:00'),
    );
  });

  it.each([['2026-12-20T23:58'], ['2026-12-20T23:59']])('ask at %s for what tomorrow costs', (now) =>
    expect(termsOf('pix', [owed('2026-12-10')], SETTINGS, at(now)).paidOn).toBe('2026-12-21'),
  );
});

describe('the terms of a payment by boleto', () => {
  it('are those of the invoice that is due first, and grow behind it', () =>
    expect(termsOf('boleto', [owed('2026-12-15'), owed('2026-12-10')], SETTINGS, at('2026-12-01T10:00'))).toEqual({
      paidOn: '2026-12-01',
      dueOn: '2026-12-10',
      finePercent: '2',
      interestPercent: '1',
      // Thirty days behind the due date, to their end.
      expiresAt: new Date('2027-01-10T00:00:00-03:00'),
    }));

  it('are due on the next banking day where the invoice is late, at what it costs then', () =>
    expect(termsOf('boleto', [owed('2026-12-10')], SETTINGS, at('2026-12-18T10:00'))).toMatchObject({
      // A Friday: the next banking day is Monday.
      paidOn: '2026-12-21',
      dueOn: '2026-12-21',
      finePercent: '0',
      expiresAt: new Date('2026-12-22T00:00:00-03:00'),
    }));

  it('do not grow where the bank cannot reckon it, or the invoices grow unlike', () => {
    const unable = { ...able, addsLateCharges: false };
    const end = new Date('2026-12-11T00:00:00-03:00');
    expect(termsOf('boleto', [owed('2026-12-10')], SETTINGS, at('2026-12-01T10:00', unable)).expiresAt).toEqual(end);
    const unlike = [owed('2026-12-10'), owed('2026-12-10', { finePercent: '1' })];
    expect(termsOf('boleto', unlike, SETTINGS, at('2026-12-01T10:00'))).toMatchObject({
      finePercent: '0',
      expiresAt: end,
    });
  });
});

describe("the terms of a document's code", () => {
  const DAY_MS = 86_400_000;
  const here = (local: string, days = 400) => ({
    ...at(local),
    capabilities: { ...able, maxValidityMs: days * DAY_MS },
  });
  const midnight = (day: string) => new Date(`${day}T00:00:00-03:00`);

  it('are good to the last day in time, and so many days behind it as the portal gives', () => {
    const invoice = owed('2026-12-12', { payableUntil: '2026-12-14' });
    expect(documentTermsOf('pix', invoice, SETTINGS, here('2026-12-01T10:00'))).toMatchObject({
      terms: { dueOn: null, finePercent: '0', expiresAt: midnight('2026-12-15') },
    });
    const later = { ...SETTINGS, invoicePixDays: 3 };
    expect(documentTermsOf('pix', invoice, later, here('2026-12-01T10:00'))).toMatchObject({
      terms: { expiresAt: midnight('2026-12-18') },
    });
  });

  it('are those of every boleto', () => {
    const invoice = owed('2026-12-10');
    const place = here('2026-12-01T10:00');
    expect(documentTermsOf('boleto', invoice, SETTINGS, place)).toMatchObject({
      terms: termsOf('boleto', [invoice], SETTINGS, place),
    });
  });

  it('end as late as the gateway can hold it, and begin when that is behind the last day in time', () => {
    const later = { ...SETTINGS, invoicePixDays: 30 };
    expect(documentTermsOf('pix', owed('2026-12-10'), later, here('2026-12-01T10:00', 14))).toMatchObject({
      terms: { expiresAt: new Date('2026-12-15T10:00:00-03:00') },
    });
    expect(documentTermsOf('pix', owed('2026-12-30'), later, here('2026-12-01T10:00', 14))).toEqual({
      from: midnight('2026-12-17'),
    });
  });

  it('are none of an invoice that is late', () =>
    expect(documentTermsOf('pix', owed('2026-12-10'), SETTINGS, here('2026-12-11T10:00'))).toBeNull());
});

describe('a part of an invoice', () => {
  const cost = costOn({ ...owed('2026-12-10'), id: 'i' }, '2026-12-20');
  it('asks for what is owed first, then for charges', () => {
    expect(partOf([{ allowsPartial: true }], [cost], 4_000n)).toMatchObject({
      principal: 4_000n,
      fine: 0n,
      interest: 0n,
    });
    expect(partOf([{ allowsPartial: true }], [cost], 10_050n)).toMatchObject({
      principal: 10_000n,
      fine: 50n,
      interest: 0n,
    });
    expect(partOf([{ allowsPartial: false }], [cost], 10_233n)).toEqual(cost);
  });
  it('is refused where it is more than all, or the invoice does not allow it, or there are several', () => {
    expect(() => partOf([{ allowsPartial: true }], [cost], 10_234n)).toThrow('validation_failed');
    expect(() => partOf([{ allowsPartial: false }], [cost], 4_000n)).toThrow('partial_payment_not_allowed');
    expect(() => partOf([{ allowsPartial: true }], [cost, cost], 4_000n)).toThrow('partial_payment_not_allowed');
  });
});
