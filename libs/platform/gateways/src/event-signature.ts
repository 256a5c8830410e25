import { createHmac, timingSafeEqual } from 'node:crypto';
import { UnprovedEvent } from './gateway.js';

/** How far a stamp may be from the moment at which the event came, before and behind it. */
export const STAMP_TOLERANCE_MS = 5 * 60_000;

/** A stamp in seconds and the HMAC-SHA-256 of it and of an event's bytes, as one header: `t=…,v1=…`. */
export function signEvent(raw: Buffer, secret: string, at: Date): string {
  const stamp = String(Math.floor(at.getTime() / 1000));
  return `t=${stamp},v1=${macOf(raw, secret, stamp).toString('hex')}`;
}

/** @throws UnprovedEvent where no signature of the header fits the bytes, or its stamp is old or from the future */
export function proveEvent(raw: Buffer, header: string | undefined, secret: string, receivedAt: Date): void {
  const parts = (header ?? '').slice(0, 2_000).split(',');
  const values = (name: string) =>
    parts.flatMap((part) => (part.startsWith(`${name}=`) ? [part.slice(name.length + 1)] : []));
  const [stamp] = values('t');
  if (!stamp || !/^\d{1,12}$/.test(stamp)) throw new UnprovedEvent('signature');
  const expected = macOf(raw, secret, stamp);
  const signed = values('v1').some((each) => {
    const given = Buffer.from(each, 'hex');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!signed) throw new UnprovedEvent('signature');
  demandFresh(Number(stamp), receivedAt);
}

/** @throws UnprovedEvent where a stamp in seconds is old or from the future */
export function demandFresh(stamp: number, receivedAt: Date): void {
  if (!(Math.abs(receivedAt.getTime() - stamp * 1000) <= STAMP_TOLERANCE_MS)) throw new UnprovedEvent('age');
}

const macOf = (raw: Buffer, secret: string, stamp: string) =>
  createHmac('sha256', secret).update(`${stamp}.`).update(raw).digest();
