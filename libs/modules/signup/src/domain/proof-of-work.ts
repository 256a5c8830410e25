import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** A number to look for: SHA-256 of the salt, with the number behind it in decimal, is the target. */
export interface Challenge {
  salt: string;
  /** SHA-256 in hexadecimal. */
  target: string;
  /** The number is less. */
  most: number;
  /** Says all of it again, signed; sent back with the number. */
  token: string;
}

/** The number that was looked for. */
export interface Proof {
  token: string;
  number: number;
}

/** How long a challenge may be answered. */
export const PROOF_SECONDS = 15 * 60;
/** Hashes at most: a cheap phone does 200,000 in a second, and needs half of them on average. */
export const LEAST_WORK = 50_000;
export const MOST_WORK = 400_000;

/** Signups begun at a portal that double the work for everybody there; and how often it is doubled at most. */
export const DOUBLING_AT_PORTAL = 100;
export const MOST_DOUBLINGS = Math.log2(MOST_WORK / LEAST_WORK);
const DOUBLING_OF_NETWORK = 5;

/** The work rises with the challenges that a network was given, and with the signups that were begun at the portal. */
export function workFor(ofNetwork: number, ofPortal: number): number {
  const doublings = Math.floor(ofNetwork / DOUBLING_OF_NETWORK) + Math.floor(ofPortal / DOUBLING_AT_PORTAL);
  return Math.min(LEAST_WORK * 2 ** Math.min(doublings, 10), MOST_WORK);
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const signatureOf = (key: Buffer, facts: string) => createHmac('sha256', key).update(facts).digest('base64url');

/** @param purpose what it is good for: it answers nothing else */
export function newChallenge(key: Buffer, purpose: string, most: number, now = Date.now()): Challenge {
  const salt = randomBytes(12).toString('hex');
  const target = sha256(`${salt}${randomInt(most)}`);
  const facts = `${salt}.${target}.${Math.floor(now / 1_000) + PROOF_SECONDS}`;
  return { salt, target, most, token: `${facts}.${signatureOf(key, `${purpose}/${facts}`)}` };
}

const TOKEN_SHAPE = /^(([0-9a-f]{24})\.([0-9a-f]{64})\.(\d{10}))\.([A-Za-z0-9_-]{43})$/;

/** The salt of a challenge that was answered in time, by which its use is counted; undefined for whatever else it is. */
export function provenSalt(key: Buffer, purpose: string, proof: Proof, now = Date.now()): string | undefined {
  const [, facts, salt, target, until, signature = ''] = TOKEN_SHAPE.exec(proof.token) ?? [];
  if (!facts) return undefined;
  const genuine = timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(key, `${purpose}/${facts}`)));
  const inTime = Number(until) * 1_000 > now;
  return genuine && inTime && sha256(`${salt}${proof.number}`) === target ? salt : undefined;
}
