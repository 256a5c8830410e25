import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Snapshot, SnapshotStatus } from '@balcao/platform-gateways';
import { OtherPayment, mergeSnapshot, type KnownPayment } from './payment.js';

const EXPIRES = new Date('2026-12-01T15:30:00Z');
const sending: KnownPayment = {
  state: 'sending',
  method: 'pix',
  currency: 'BRL',
  received: 0n,
  gatewayId: null,
  pixCode: null,
  boletoLine: null,
  barcode: null,
  pageUrl: null,
  failure: null,
  expiresAt: EXPIRES,
};
const snapshot = (status: SnapshotStatus, more: Partial<Snapshot> = {}): Snapshot => ({
  gatewayId: 'g1',
  paymentId: 'p1',
  method: 'pix',
  status,
  currency: 'BRL',
  amount: 100n,
  received: status === 'succeeded' ? 100n : 0n,
  receivedAt: status === 'succeeded' ? new Date('2026-12-01T15:10:00Z') : null,
  refunded: 0n,
  failure: status === 'failed' ? 'declined' : null,
  presentation: status === 'pending' ? { kind: 'pix', code: '000201' } : null,
  expiresAt: EXPIRES,
  refunds: [],
  disputes: [],
  saved: null,
  ...more,
});
const merged = (known: KnownPayment, ...snapshots: Snapshot[]): KnownPayment =>
  snapshots.reduce((before, each) => {
    const { receivedAt: _, ...change } = mergeSnapshot(before, each);
    return { ...before, ...change };
  }, known);

describe('what a gateway says', () => {
  it('is taken over: the code, how it ended, why', () => {
    expect(merged(sending, snapshot('pending'))).toMatchObject({
      state: 'pending',
      gatewayId: 'g1',
      pixCode: '000201',
    });
    expect(merged(sending, snapshot('failed'))).toMatchObject({ state: 'failed', failure: 'declined' });
  });

  it('changes nothing the second time', () => {
    const pending = merged(sending, snapshot('pending'));
    expect(mergeSnapshot(pending, snapshot('pending'))).toEqual({});
  });

  it.each<SnapshotStatus>(['failed', 'expired', 'canceled'])(
    'that is money wins over %s, and nothing wins over money',
    (ended) => {
      expect(merged(sending, snapshot(ended), snapshot('succeeded'))).toMatchObject({
        state: 'succeeded',
        received: 100n,
      });
      expect(merged(sending, snapshot('succeeded'), snapshot(ended))).toMatchObject({
        state: 'succeeded',
        received: 100n,
      });
      expect(merged(sending, snapshot(ended), snapshot('pending'))).toMatchObject({ state: ended });
    },
  );

  it('that it succeeded without money is a promise', () =>
    expect(merged(sending, snapshot('succeeded', { received: 0n, receivedAt: null }))).toMatchObject({
      state: 'pending',
      received: 0n,
    }));

  it('about another payment is refused', () => {
    const known = merged(sending, snapshot('pending'));
    expect(() => mergeSnapshot(known, snapshot('succeeded', { gatewayId: 'g2' }))).toThrow(OtherPayment);
    expect(() => mergeSnapshot(sending, snapshot('succeeded', { currency: 'USD' }))).toThrow(OtherPayment);
  });

  it('comes to the same in any order with money in it, any often', () => {
    const said = fc.array(
      fc.oneof(
        fc.constantFrom<SnapshotStatus>('pending', 'failed', 'expired', 'canceled').map((status) => snapshot(status)),
        fc.bigInt(1n, 50n).map((received) => snapshot('succeeded', { received, receivedAt: EXPIRES })),
      ),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(said, fc.infiniteStream(fc.nat()), (snapshots, places) => {
        const most = snapshots.reduce((max, { received }) => (received > max ? received : max), 0n);
        const shuffled = [...snapshots, ...snapshots]
          .map((each) => ({ each, place: places.next().value as number }))
          .sort((a, b) => a.place - b.place)
          .map(({ each }) => each);
        for (const order of [snapshots, shuffled]) {
          const end = merged(sending, ...order);
          expect(end.received).toBe(most);
          expect(end.state === 'succeeded').toBe(most > 0n);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
