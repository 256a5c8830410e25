import type { CompanyFacts, CompanyRequest } from '@balcao/api-client';
import { formatPostalCode, formatTelephone, normalizePostalCode } from '@balcao/brazil';
import { emailProblem, postalCodeProblem, problems, stateProblem, telephoneProblem } from '@balcao/ui';
import { ADDRESS_PARTS } from './address.js';
import type { SignupDraft } from './draft.js';

const LINES = ['tradeName', 'phone', 'email'] as const;

/** What the registry says, as people write it. */
const written = (line: (typeof LINES)[number], known: CompanyFacts): string =>
  line === 'phone' ? formatTelephone(known.phone ?? '') : (known[line] ?? '');

/** Writes into the fields what the registry says, to be corrected there; once, so that what is cleared stays so. */
export function fillIn(typed: SignupDraft['company'], known: CompanyFacts): void {
  if (typed.corrected) return;
  for (const line of LINES) typed[line] = written(line, known);
  for (const part of ADDRESS_PARTS) {
    const said = known.address?.[part] ?? '';
    typed.address[part] = part === 'postalCode' ? formatPostalCode(said) : said;
  }
  typed.corrected = true;
}

/**
 * What was typed of a company beside what the registry says, null where that was cleared; nothing where nothing differs. Where
 * it is not known yet what the registry says (`undefined`), all that was corrected.
 */
export function correctionsOf(
  typed: SignupDraft['company'],
  known: CompanyFacts | null | undefined,
): CompanyRequest | undefined {
  const hasFields = typed.corrected && known !== null;
  const company = hasFields ? differences(typed, known) : !known && { legalName: typed.legalName.trim() || undefined };
  return company && Object.values(company).some((said) => said !== undefined) ? company : undefined;
}

function differences(typed: SignupDraft['company'], known: CompanyFacts | undefined): CompanyRequest {
  const lines = LINES.filter((line) => !known || typed[line].trim() !== written(line, known)).map((line) => [
    line,
    typed[line].trim() || null,
  ]);
  const parts = ADDRESS_PARTS.map((part) => [part, storedPart(part, typed.address[part])] as const);
  const isMoved = !known || parts.some(([part, text]) => text !== (known.address?.[part] || null));
  const address = parts.some(([, text]) => text) ? Object.fromEntries(parts) : null;
  return { ...Object.fromEntries(lines), ...(isMoved && { address }) } as CompanyRequest;
}

/** What is wrong with what was typed, by the names that the API gives the fields. */
export function correctionProblems({ phone, email, address }: SignupDraft['company']): Partial<Record<string, string>> {
  return problems({
    'company.phone': telephoneProblem(phone),
    'company.email': emailProblem(email, { optional: true }),
    'company.address.postalCode': postalCodeProblem(address.postalCode),
    'company.address.state': stateProblem(address.state),
  });
}

function storedPart(part: (typeof ADDRESS_PARTS)[number], text: string): string | null {
  const clean = part === 'postalCode' ? normalizePostalCode(text) : part === 'state' ? text.toUpperCase() : text;
  return clean.trim() || null;
}
