import type { CompanyFacts, CompanyRequest } from '@balcao/api-client';
import { formatPostalCode, formatTelephone, isUf, normalizePostalCode } from '@balcao/brazil';
import { emailProblem, problems, telephoneProblem, translate } from '@balcao/ui';
import { ADDRESS_PARTS } from './address.js';
import type { SignupDraft } from './draft.js';

const LINES = ['tradeName', 'phone', 'email'] as const;

/** What the registry says, as people write it. */
const written = (line: (typeof LINES)[number], known: CompanyFacts): string =>
  line === 'phone' ? formatTelephone(known.phone ?? '') : (known[line] ?? '');

/** Writes into the empty fields what the registry says, to be corrected there. */
export function fillIn(typed: SignupDraft['company'], known: CompanyFacts): void {
  for (const line of LINES) typed[line] ||= written(line, known);
  for (const part of ADDRESS_PARTS) {
    const said = known.address?.[part] ?? '';
    typed.address[part] ||= part === 'postalCode' ? formatPostalCode(said) : said;
  }
}

/** What was typed of a company beside what the registry says; nothing where nothing differs. */
export function correctionsOf(typed: SignupDraft['company'], known: CompanyFacts | null): CompanyRequest | undefined {
  const own = (text: string, other: string | null | undefined) => (text.trim() === (other ?? '') ? '' : text.trim());
  const lines = [
    ...(known ? [] : [['legalName', typed.legalName.trim()]]),
    ...LINES.map((line) => [line, own(typed[line], known && written(line, known))]),
  ].filter(([, text]) => text);
  const parts = ADDRESS_PARTS.map((part) => [part, storedPart(part, typed.address[part])] as const);
  const differs = parts.some(([part, text]) => text !== null && text !== (known?.address?.[part] ?? null));
  const address = Object.fromEntries(parts);
  const company = { ...Object.fromEntries(lines), ...(differs && { address }) } as CompanyRequest;
  return Object.keys(company).length > 0 ? company : undefined;
}

/** What is wrong with what was typed, by the names that the API gives the fields. */
export function correctionProblems({ phone, email, address }: SignupDraft['company']): Partial<Record<string, string>> {
  const wrong = (is: boolean, name: string) => (is ? translate(`signup.company.wrong.${name}`) : undefined);
  const digits = (text: string) => text.replace(/\D/g, '').length;
  return problems({
    'company.phone': telephoneProblem(phone),
    'company.email': emailProblem(email, { optional: true }),
    'company.address.postalCode': wrong(
      address.postalCode.trim() !== '' && digits(address.postalCode) !== 8,
      'postalCode',
    ),
    'company.address.state': wrong(address.state.trim() !== '' && !isUf(address.state.trim().toUpperCase()), 'state'),
  });
}

function storedPart(part: (typeof ADDRESS_PARTS)[number], text: string): string | null {
  const clean = part === 'postalCode' ? normalizePostalCode(text) : part === 'state' ? text.toUpperCase() : text;
  return clean.trim() || null;
}
