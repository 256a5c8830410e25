import type { PostalAddressFacts } from '@balcao/api-client';
import { formatPostalCode, formatTaxId, formatTelephone } from '@balcao/brazil';
import type { Signup } from '../../data/signups.js';

/** The parts of an address in Brazil, in the order in which one writes them. */
export const ADDRESS_PARTS = ['postalCode', 'street', 'number', 'complement', 'district', 'city', 'state'] as const;

/** One fact about a company: by the register, as it was typed, and what the customer will have. */
export interface FactRow {
  name: 'name' | 'legalName' | 'tradeName' | 'phone' | 'email' | 'address';
  registry: string;
  typed: string;
  outcome: string;
  differs: boolean;
}

const line = (address: PostalAddressFacts | null | undefined) => {
  const { street, number, complement, district, city, state, postalCode } = address ?? {};
  const code = formatPostalCode(postalCode ?? '');
  return [street, number, complement, district, city, state, code].filter(Boolean).join(', ');
};
const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** What an approval makes of a signup: what was typed comes before the register, but for the name of an active company. */
export function factsOf(signup: Signup): FactRow[] {
  return signup.kind === 'cpf' ? personFacts(signup) : companyFacts(signup);
}

/** How the customer will be called. */
export function customerName(signup: Signup): string {
  const outcome = (name: FactRow['name']) => factsOf(signup).find((fact) => fact.name === name)?.outcome;
  return outcome('tradeName') || outcome('legalName') || outcome('name') || formatTaxId(signup.taxId);
}

/** No register says anything of a person. */
function personFacts({ corrections, administrator }: Signup): FactRow[] {
  const row = (name: FactRow['name'], typed: string): FactRow => ({
    ...{ name, registry: '', typed, outcome: typed },
    differs: false,
  });
  return [
    row('name', corrections?.legalName || (administrator?.name ?? '')),
    row('phone', formatTelephone(corrections?.phone ?? '')),
    row('email', corrections?.email || (administrator?.email ?? '')),
    row('address', line(corrections?.address)),
  ];
}

function companyFacts({ company, corrections, administrator, lookup }: Signup): FactRow[] {
  const row = (name: FactRow['name'], registry: string, typed: string, outcome: string): FactRow => ({
    ...{ name, registry, typed, outcome },
    differs: registry !== '' && typed !== '' && plain(registry) !== plain(typed),
  });
  const names = [company?.legalName ?? '', corrections?.legalName ?? ''] as const;
  const [registered, typedName] = names;
  const said = (name: 'tradeName' | 'phone' | 'email') => [company?.[name] ?? '', corrections?.[name] ?? ''] as const;
  const [trade, email] = [said('tradeName'), said('email')];
  const phone = said('phone').map(formatTelephone) as [string, string];
  const address = [line(company?.address), line(corrections?.address)] as const;
  const preferTyped = ([registry, typed]: readonly [string, string]) => typed || registry;
  return [
    row('legalName', ...names, lookup.state === 'active' ? registered || typedName : preferTyped(names)),
    row('tradeName', ...trade, preferTyped(trade)),
    row('phone', ...phone, preferTyped(phone)),
    row('email', ...email, preferTyped(email) || (administrator?.email ?? '')),
    row('address', ...address, preferTyped(address)),
  ];
}
