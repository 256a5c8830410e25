import type { Db } from '@balcao/platform-tenancy';
import type { BillCode } from './bill-codes.js';
import type { IssuedCode } from './judge-bill.js';

/**
 * Which of these codes were made at a gateway for an invoice of the organization, and whether each still counts. Without a gateway
 * none is: bills have the organization's own PIX code alone.
 */
export function issuedCodes(_db: Db, _codes: readonly BillCode[]): Promise<IssuedCode[]> {
  return Promise.resolve([]);
}
