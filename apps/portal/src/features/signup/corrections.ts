import type { CompanyFacts, CompanyRequest } from '@balcao/api-client';
import { ADDRESS_PARTS } from './address.js';
import type { SignupDraft } from './draft.js';

const LINES = ['tradeName', 'phone', 'email'] as const;

/** Writes into the empty fields what the registry says, to be corrected there. */
export function fillIn(typed: SignupDraft['company'], known: CompanyFacts): void {
  for (const line of LINES) typed[line] ||= known[line] ?? '';
  for (const part of ADDRESS_PARTS) typed.address[part] ||= known.address?.[part] ?? '';
}

/** What was typed of a company beside what the registry says; nothing where nothing differs. */
export function correctionsOf(typed: SignupDraft['company'], known: CompanyFacts | null): CompanyRequest | undefined {
  const own = (text: string, other: string | null | undefined) => (text.trim() === (other ?? '') ? '' : text.trim());
  const lines = [
    ...(known ? [] : [['legalName', typed.legalName.trim()]]),
    ...LINES.map((line) => [line, own(typed[line], known?.[line])]),
  ].filter(([, text]) => text);
  const differs = ADDRESS_PARTS.some((part) => own(typed.address[part], known?.address?.[part]));
  const address = Object.fromEntries(ADDRESS_PARTS.map((part) => [part, storedPart(part, typed.address[part])]));
  const company = { ...Object.fromEntries(lines), ...(differs && { address }) } as CompanyRequest;
  return Object.keys(company).length > 0 ? company : undefined;
}

function storedPart(part: (typeof ADDRESS_PARTS)[number], text: string): string | null {
  const clean = part === 'postalCode' ? text.replace(/\D/g, '') : part === 'state' ? text.toUpperCase() : text;
  return clean.trim() || null;
}
