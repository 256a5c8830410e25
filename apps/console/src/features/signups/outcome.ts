import type { PostalAddressFacts } from '@balcao/api-client';
import { formatPostalCode, formatTaxId, formatTelephone } from '@balcao/brazil';
import type { Signup } from '../../data/signups.js';

/** The parts of an address in Brazil, in the order in which a form asks for them: what is short in pairs. */
export const ADDRESS_PARTS = ['postalCode', 'state', 'street', 'number', 'complement', 'district', 'city'] as const;

/** One fact about a company: by the register, as it was typed, and what the customer will have. */
export interface FactRow {
  name: 'name' | 'legalName' | 'tradeName' | 'phone' | 'email' | 'address';
  registry: string;
  typed: string;
  outcome: string;
  differs: boolean;
  /** Whether the person removed what the register says. */
  removed: boolean;
  /** Who of the staff corrected it last. */
  correctedBy: string | undefined;
}

/** What was written of a signup: as it stands, or by the person before staff corrected it. */
type Typed = Pick<Signup, 'corrections' | 'administrator'>;

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

/** What an approval makes of a signup: what was written comes before the register, but for what a person types of an active company's name. */
export function factsOf(signup: Signup): FactRow[] {
  return signup.kind === 'cpf' ? personFacts(signup) : companyFacts(signup);
}

/** How the customer will be called. */
export function customerName(signup: Signup): string {
  const outcome = (name: FactRow['name']) => factsOf(signup).find((fact) => fact.name === name)?.outcome;
  return outcome('tradeName') || outcome('legalName') || outcome('name') || formatTaxId(signup.taxId);
}

/** What is other than it was, by the labels of facts. */
export function changedFacts(before: Signup, after: Signup): string[] {
  const said = ({ company, corrections, legalName, administrator }: Signup): Record<string, unknown> => ({
    legalName: [company?.legalName, corrections?.legalName, legalName],
    ...Object.fromEntries(
      (['tradeName', 'phone', 'email', 'address'] as const).map((name) => [
        name,
        [company?.[name], corrections?.[name]],
      ]),
    ),
    administratorName: administrator?.name,
    administratorEmail: administrator?.email,
    administratorPhone: administrator?.phone,
  });
  const [was, is] = [said(before), said(after)];
  return Object.keys(is).filter((name) => JSON.stringify(is[name]) !== JSON.stringify(was[name]));
}

/** A person's own name and address are the customer's. */
const PERSON_FIELDS = {
  name: 'administrator.name',
  phone: 'company.phone',
  email: 'administrator.email',
  address: 'company.address',
};

/** No register says anything of a person. */
function personFacts(signup: Signup): FactRow[] {
  const said = ({ corrections, administrator }: Typed) => ({
    name: corrections?.legalName || (administrator?.name ?? ''),
    phone: formatTelephone(corrections?.phone ?? ''),
    email: corrections?.email || (administrator?.email ?? ''),
    address: line(corrections?.address),
  });
  const [typed, outcome] = [said(signup.typed ?? signup), said(signup)];
  return (['name', 'phone', 'email', 'address'] as const).map((name) => ({
    ...{ name, registry: '', typed: typed[name], outcome: outcome[name] },
    differs: typed[name] !== outcome[name],
    removed: false,
    correctedBy: signup.correctedFields.find(({ field }) => field === PERSON_FIELDS[name])?.by,
  }));
}

function companyFacts(signup: Signup): FactRow[] {
  const { company, corrections, administrator, correctedFields } = signup;
  const wrote = (signup.typed ?? signup).corrections;
  const own = (name: Exclude<FactRow['name'], 'name'>) =>
    name === 'address'
      ? line(wrote?.address)
      : name === 'phone'
        ? formatTelephone(wrote?.phone ?? '')
        : (wrote?.[name] ?? '');
  /** Of a name in the register nothing is removed: it is called something. */
  const removes = (facts: Typed['corrections'], name: FactRow['name']) =>
    name !== 'name' && name !== 'legalName' && facts?.[name] === null;
  const row = (name: Exclude<FactRow['name'], 'name'>, registry: string, said: string, outcome: string): FactRow => ({
    ...{ name, registry, typed: own(name), outcome },
    differs: registry !== '' && (said === '' ? removes(corrections, name) : plain(registry) !== plain(said)),
    removed: registry !== '' && removes(wrote, name),
    correctedBy: correctedFields.find(({ field }) => field === `company.${name}`)?.by,
  });
  const names = [company?.legalName ?? '', corrections?.legalName ?? ''] as const;
  const said = (name: 'tradeName' | 'phone' | 'email') => [company?.[name] ?? '', corrections?.[name] ?? ''] as const;
  const [trade, email] = [said('tradeName'), said('email')];
  const phone = said('phone').map(formatTelephone) as [string, string];
  const address = [line(company?.address), line(corrections?.address)] as const;
  const prefer = (name: FactRow['name'], [registry, typed]: readonly [string, string]) =>
    typed || (removes(corrections, name) ? '' : registry);
  return [
    row('legalName', ...names, signup.legalName ?? ''),
    row('tradeName', ...trade, prefer('tradeName', trade)),
    row('phone', ...phone, prefer('phone', phone)),
    row('email', ...email, prefer('email', email) || (administrator?.email ?? '')),
    row('address', ...address, prefer('address', address)),
  ];
}
