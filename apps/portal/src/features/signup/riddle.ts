import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** A number to look for: SHA-256 of the salt with it in decimal behind is the target. */
export interface Riddle {
  salt: string;
  target: string;
  /** The number is less. */
  most: number;
}

/**
 * Looks for the number, some at a time. Browsers have SHA-256 of their own only over https, and one call for each number
 * would take them longer.
 */
export function* search({ salt, target, most }: Riddle, step = 500): Generator<undefined, number> {
  for (let number = 0; number < most; number++) {
    if (number % step === step - 1) yield;
    if (bytesToHex(sha256(utf8ToBytes(`${salt}${number}`))) === target) return number;
  }
  throw new Error('No number fits');
}
