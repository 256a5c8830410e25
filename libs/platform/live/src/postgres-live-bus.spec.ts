import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { LiveMessage } from './live-bus.js';
import { packed } from './postgres-live-bus.js';

const message = (): LiveMessage => ({
  id: randomUUID(),
  name: 'ticket.replied',
  ids: { ticketId: randomUUID(), commentId: randomUUID() },
  organizationId: randomUUID(),
  billingAccountId: randomUUID(),
  portalUserId: randomUUID(),
});

it.each([0, 1, 20, 21, 500])(
  '%d messages are carried whole, in order, in as few payloads as PostgreSQL takes',
  (count) => {
    const messages = Array.from({ length: count }, message);
    const payloads = packed(messages);
    expect(payloads.flatMap((payload) => JSON.parse(payload) as LiveMessage[])).toEqual(messages);
    for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8_000);
    expect(payloads.length).toBeLessThanOrEqual(Math.ceil(count / 20));
  },
);
