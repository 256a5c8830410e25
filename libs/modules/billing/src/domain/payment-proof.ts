import { nextBankingDay } from '@balcao/brazil';
import { pictureKind } from '@balcao/contracts';
import { addDays, type Day } from '@balcao/money';
import type { InvoiceState } from './invoice.js';

/** What a proof of payment may be: what telephones and banks make, and what can be shown beside an invoice. */
export const PROOF_MEDIA_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const;
export type ProofMediaType = (typeof PROOF_MEDIA_TYPES)[number];

/** Largest file of a proof, in bytes. */
export const LARGEST_PROOF = 10 * 1_024 * 1_024;

/** So many bytes tell what a file is. */
const BEGINNING = 4_096;

const EXTENSIONS: Record<ProofMediaType, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
};

/** What a file is by how it begins, whatever it is called; undefined for what is no proof. */
export function proofMediaType(file: Buffer): ProofMediaType | undefined {
  if (file.toString('latin1', 0, 5) === '%PDF-') return 'application/pdf';
  const kind = pictureKind(file.toString('latin1', 0, BEGINNING));
  return PROOF_MEDIA_TYPES.find((each) => each === kind);
}

/** The name under which a file is kept by whoever fetches it: that of its sender, ending as what it is. */
export function proofName(fileName: string, mediaType: ProofMediaType): string {
  const extension = EXTENSIONS[mediaType];
  const name = fileName.replace(/\.[A-Za-z0-9]{1,5}$/, '').slice(0, 190);
  return `${name || 'comprovante'}.${extension}`;
}

/**
 * The last day on which a proof of today keeps reminders back: that many banking days later, or days where the invoice is not in
 * reais. Null for none.
 */
export function pausedUntil(today: Day, days: number, currency: string): Day | null {
  if (days === 0) return null;
  let day = today;
  for (let count = 0; count < days; count += 1)
    day = currency === 'BRL' ? nextBankingDay(addDays(day, 1)) : addDays(day, 1);
  return day;
}

/** What has become of an invoice while a proof of it waits, so that nothing of it is owed any more. */
export const MEANWHILE = ['paid', 'credited', 'written_off', 'voided'] as const;
export type Meanwhile = (typeof MEANWHILE)[number];

/** Null where something is still owed. */
export function meanwhileOf(invoice: {
  state: InvoiceState;
  owed: bigint;
  total: bigint;
  credited: bigint;
}): Meanwhile | null {
  if (invoice.owed > 0n) return null;
  if (invoice.state === 'void') return 'voided';
  if (invoice.state === 'written_off') return 'written_off';
  return invoice.credited >= invoice.total ? 'credited' : 'paid';
}
