import { createHash } from 'node:crypto';
import { PORTAL_PERMISSIONS, STAFF_ROLES } from '@balcao/contracts';
import { sealedContext } from '@balcao/platform-config';
import { FISCAL_ISSUER } from './fiscal-xml.js';
import { dayFrom } from './days.js';
import { idOf } from './ids.js';
import type { Row, Seal } from './rows.js';
import { addCards, addGateway, addPayment } from './payment-world.js';
import { addProposal } from './proposal-world.js';
import { addPlan, addSubscription } from './subscription-world.js';

/** Password of everybody in the test world. */
export const PASSWORD = 'balcao-demo-2026';

const LIMITED = ['tickets:create', 'tickets:read_own', 'kb:read'];
const DAY_MS = 24 * 60 * 60_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);
/** When the invoices of the world were opened, and their notes issued. */
export const INVOICED_AT = daysAgo(3);

interface Person {
  key: string;
  email: string;
  role?: 'full' | 'limited' | 'none';
  status?: string;
  ssoOnly?: boolean;
}

interface Account {
  key: string;
  name: string;
  taxId: string;
  people: Person[];
}

interface Organization {
  key: string;
  name: string;
  portals: Row[];
  accounts: Account[];
}

/**
 * Two tenants that mirror each other, so that every kind of row exists on both sides of every wall: organization,
 * billing account, public and internal. The ids are `idOf('<kind>:<key>')`.
 */
const ORGANIZATIONS: Organization[] = [
  {
    key: 'aurora',
    name: 'Aurora Telecom',
    portals: [
      {
        id: idOf('portal:aurora'),
        slug: 'aurora',
        is_default: true,
        custom_domain: 'portal.aurora.example',
        domain_verified_at: daysAgo(1),
        // Whatever its customers may be let do with their subscriptions.
        settings: { subscriptions: { pause: true, cancelNow: true } },
      },
      { id: idOf('portal:partners'), slug: 'aurora-partners', is_default: false },
    ],
    accounts: [
      {
        key: 'padaria',
        name: 'Padaria Estrela',
        taxId: '11222333000181',
        people: [
          { key: 'ana', email: 'ana@padaria.example' },
          { key: 'bruno', email: 'bruno@padaria.example', role: 'limited' },
          { key: 'nina', email: 'nina@padaria.example', role: 'none' },
          { key: 'multi', email: 'multi@example.com' },
          { key: 'twice', email: 'twice@example.com' },
          { key: 'locked', email: 'locked@padaria.example', status: 'locked' },
          { key: 'suspended', email: 'suspended@padaria.example', status: 'suspended' },
          { key: 'pending', email: 'pending@padaria.example', status: 'pending_verification' },
          { key: 'invited', email: 'invited@padaria.example', status: 'pending_invitation' },
          { key: 'sso', email: 'sso@padaria.example', ssoOnly: true },
        ],
      },
      {
        key: 'oficina',
        name: 'Oficina Central',
        taxId: '52998224725',
        people: [
          { key: 'carla', email: 'carla@oficina.example' },
          { key: 'twice-oficina', email: 'twice@example.com' },
          { key: 'invited-oficina', email: 'invited@oficina.example', status: 'pending_invitation' },
        ],
      },
    ],
  },
  {
    key: 'boreal',
    name: 'Boreal Energia',
    portals: [
      {
        id: idOf('portal:boreal'),
        slug: 'boreal',
        is_default: true,
        custom_domain: 'portal.boreal.example',
        settings: { features: { passwordReset: true } },
      },
      {
        id: idOf('portal:boreal-verified'),
        slug: 'boreal-verified',
        is_default: false,
        custom_domain: 'verified.boreal.example',
        domain_verified_at: daysAgo(1),
      },
    ],
    accounts: [
      {
        key: 'mercado',
        name: 'Mercado Três Irmãos',
        taxId: '33683111000280',
        people: [
          { key: 'davi', email: 'davi@boreal-cliente.example' },
          { key: 'multi-boreal', email: 'multi@example.com' },
          { key: 'invited-boreal', email: 'invited@boreal-cliente.example', status: 'pending_invitation' },
        ],
      },
    ],
  },
];

/** Who opened the tickets of each account, and who is waiting there for an invitation to be accepted. */
const TICKETS: Record<string, { key: string; by: string; status: string }[]> = {
  padaria: [
    { key: 'ana', by: 'ana', status: 'open' },
    { key: 'bruno', by: 'bruno', status: 'new' },
    { key: 'ana-pending', by: 'ana', status: 'pending' },
    { key: 'ana-resolved', by: 'ana', status: 'resolved' },
    { key: 'ana-closed', by: 'ana', status: 'closed' },
  ],
  oficina: [{ key: 'carla', by: 'carla', status: 'open' }],
  mercado: [{ key: 'davi', by: 'davi', status: 'open' }],
};
const INVITED: Record<string, string> = { padaria: 'invited', oficina: 'invited-oficina', mercado: 'invited-boreal' };
const VISIBILITIES = ['draft', 'internal', 'portal', 'public'];

/** Every row of the world, in the order in which they can be inserted. */
export function worldRows(passwordHash: string, seal?: Seal): [table: string, rows: Row[]][] {
  const tables = new Map<string, Row[]>();
  const add = (table: string, row: Row) => void tables.set(table, [...(tables.get(table) ?? []), row]);
  add('operators', {
    id: idOf('operator'),
    email: 'operator@balcao.example',
    name: 'Otávio Lins',
    password_hash: passwordHash,
  });
  for (const organization of ORGANIZATIONS) {
    addOrganization(organization, passwordHash, add, seal);
    if (seal) addSender(organization, seal, add);
  }
  return [...tables];
}

type Add = (table: string, row: Row) => void;

/** An address of its own that mails do not come from yet, with a key that only the application's secrets open. */
function addSender({ key }: Organization, seal: Seal, add: Add): void {
  const id = idOf(`sender:${key}`);
  add('domain_claims', {
    ...{ organization_id: idOf(`organization:${key}`), id, purpose: 'mail', proof: 'balcao-verify=x' },
    ...{ mailbox: 'cobranca', domain: `correio.${key}.example`, dkim_public_key: 'MIIB' },
    dkim_key_sealed: seal('a key', sealedContext('domain_claims', 'dkim_key_sealed', id)),
  });
}

function addOrganization(
  { key, name, portals, accounts }: Organization,
  passwordHash: string,
  add: Add,
  seal?: Seal,
): void {
  const organization_id = idOf(`organization:${key}`);
  add('organizations', { id: organization_id, slug: key, name });
  // Nobody asks for it, since it is no sandbox.
  add('organization_clocks', { organization_id, now: '2030-01-01T12:00:00Z' });
  // The first one keeps itself.
  if (key === 'boreal') add('organization_versions', { organization_id, version: 7, author_type: 'system', name });
  for (const portal of portals) {
    const settings = (portal['settings'] as object | undefined) ?? {};
    add('portals', { organization_id, name, ...portal, settings });
    for (const version of key === 'boreal' ? [1, 7] : [1])
      add('portal_versions', {
        organization_id,
        portal_id: portal['id'],
        version,
        author_type: 'system',
        name,
        settings,
      });
  }
  for (const { id, custom_domain: domain, domain_verified_at: verified_at = null } of portals) {
    if (!domain) continue;
    const ids = { id: idOf(`domain:${String(domain)}`), portal_id: id };
    add('domain_claims', {
      organization_id,
      ...ids,
      purpose: 'portal',
      domain,
      verified_at,
      leads_here: verified_at !== null,
      proof: 'balcao-verify=x',
    });
  }
  const picture = { id: idOf(`picture:${key}`), portal_id: idOf(`portal:${key}`), purpose: 'logoUrl' };
  add('portal_pictures', { organization_id, ...picture, status: 'waiting' });
  for (const [role, permissions] of Object.entries({ full: [...PORTAL_PERMISSIONS], limited: LIMITED, none: [] })) {
    add('roles', {
      organization_id,
      id: idOf(`role:${key}:${role}`),
      name: `${role} of ${key}`,
      permissions,
      is_default: role === 'limited',
    });
  }
  for (const granted of ['full', 'limited']) {
    const role_id = idOf(`role:${key}:full`);
    add('role_grants', { organization_id, role_id, granted_role_id: idOf(`role:${key}:${granted}`) });
  }
  // The second one names every role, so that it lets in as many as the first, which names none.
  for (const role of ['full', 'limited', 'none'])
    add('portal_roles', { organization_id, portal_id: portals[1]!['id'], role_id: idOf(`role:${key}:${role}`) });
  for (const role of STAFF_ROLES) {
    add('staff_users', {
      organization_id,
      id: idOf(`staff:${key}:${role}`),
      email: `${role}@${key}.example`,
      name: `${role} of ${key}`,
      role,
      password_hash: passwordHash,
      email_proved_at: new Date(),
    });
  }
  addInvitedStaff(key, add);
  add('postponed_steps', { organization_id, step: 'articles' });
  add('billing_settings', {
    organization_id,
    legal_name: `Company of ${key}`,
    tax_id: key === 'aurora' ? FISCAL_ISSUER : null,
  });
  add('billing_counters', { organization_id, series: 'invoice', year: 2026, last_number: 1 });
  addSandboxGateway(key, add);
  addSignup(key, add);
  addGateway(key, add, seal);
  addPlan(key, add);
  for (const account of accounts) addAccount(key, account, passwordHash, add, seal);
  addImport(key, accounts[0]!.key, add);
  for (const kind of ['accounts', 'invoices']) addDataImport(key, kind, add);
  addArticles(key, add);
  addSession(`${key}:owner`, add, { realm: 'staff', organization_id, subject_id: idOf(`staff:${key}:owner`) });
}

/** What a pretended payment service keeps for an organization. */
function addSandboxGateway(key: string, add: Add): void {
  const organization_id = idOf(`organization:${key}`);
  const gateway_id = idOf(`sandbox-gateway:${key}`);
  const customer_id = idOf(`sandbox-customer:${key}`);
  const its = { organization_id, gateway_id };
  add('sandbox_gateways', { organization_id, id: gateway_id });
  add('sandbox_cards', {
    ...its,
    id: idOf(`sandbox-card:${key}`),
    customer_id,
    outcome: 'approved',
    brand: 'visa',
    last_four: '4242',
    expires_month: 12,
    expires_year: 2031,
  });
  add('sandbox_payments', {
    ...its,
    id: idOf(`sandbox-payment:${key}`),
    method: 'pix',
    status: 'pending',
    currency: 'BRL',
    amount: 10_000,
  });
  add('sandbox_setups', {
    ...its,
    id: idOf(`sandbox-setup:${key}`),
    customer_id,
    status: 'pending',
    page: {},
    expires_at: daysAgo(-1),
  });
  add('sandbox_keys', { ...its, key: `create:${key}`, asked: 'x' });
  add('sandbox_events', { ...its, id: idOf(`sandbox-event:${key}`), type: 'payment.succeeded', about: {} });
}

/** A session that somebody opened elsewhere. Nobody has its token. */
function addSession(key: string, add: Add, whose: Row): void {
  const id = idOf(`session:${key}`);
  add('sessions', {
    ...whose,
    id,
    token_hash: createHash('sha256').update(id).digest(),
    credential_version: 1,
    methods: ['password'],
    ip: '203.0.113.7',
    user_agent:
      'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36',
    expires_at: daysAgo(-7),
    absolute_expires_at: daysAgo(-7),
  });
}

function addInvitedStaff(organization: string, add: Add): void {
  const organization_id = idOf(`organization:${organization}`);
  const id = idOf(`staff:${organization}:invited`);
  const tokenId = idOf(`token:staff:${organization}:invited`);
  add('staff_users', {
    organization_id,
    id,
    email: `invited@${organization}.example`,
    name: `invited of ${organization}`,
    role: 'agent',
    status: 'pending_invitation',
  });
  add('one_time_tokens', {
    organization_id,
    id: tokenId,
    purpose: 'invitation',
    subject_type: 'staff_user',
    subject_id: id,
    credential_version: 1,
    expires_at: daysAgo(-7),
  });
  add('staff_invitations', {
    organization_id,
    id: idOf(`staff-invitation:${organization}`),
    staff_user_id: id,
    token_id: tokenId,
    invited_by_name: 'Owner',
    expires_at: daysAgo(-7),
  });
}

/** A company that signed up and waits for staff; what was agreed to belongs to somebody who is a user already. */
function addSignup(organization: string, add: Add): void {
  const organization_id = idOf(`organization:${organization}`);
  add('signups', {
    organization_id,
    id: idOf(`signup:${organization}`),
    portal_id: idOf(`portal:${organization}`),
    number: 'C-2026-000001',
    kind: 'cnpj',
    tax_id: '12ABC34501DE35',
    status: 'in_review',
    locale: 'pt-BR',
    lookup: 'unavailable',
    corrections: { legalName: `Confeitaria de ${organization}` },
    administrator_name: 'Carolina Sampaio',
    administrator_email: `carolina@${organization}-alvorada.example`,
    expires_at: daysAgo(-30),
    submitted_at: daysAgo(1),
  });
  add('signup_counters', { organization_id, id: idOf(`signup-counter:${organization}`), year: 2026, last_number: 1 });
}

/** What somebody agreed to while signing up. */
function addConsent(organization_id: string, person: string, add: Add): void {
  add('consents', {
    organization_id,
    id: idOf(`consent:${person}`),
    portal_user_id: idOf(`user:${person}`),
    kind: 'terms',
    version: '2026-11',
    url: 'https://aurora.example/termos',
    given_at: daysAgo(1),
    ip: '203.0.113.7',
    user_agent: 'Mozilla/5.0',
  });
}

function addAccount(
  organization: string,
  { key, name, taxId, people }: Account,
  passwordHash: string,
  add: Add,
  seal?: Seal,
): void {
  const tenant = {
    organization_id: idOf(`organization:${organization}`),
    billing_account_id: idOf(`account:${key}`),
  };
  add('billing_accounts', {
    organization_id: tenant.organization_id,
    id: tenant.billing_account_id,
    name,
    tax_id: taxId,
    external_id: key,
    email: `finance@${key}.example`,
  });
  for (const { key: person, email, role = 'full', status = 'active', ssoOnly = false } of people) {
    add('portal_users', {
      ...tenant,
      id: idOf(`user:${person}`),
      email,
      name: `Person ${person}`,
      role_id: idOf(`role:${organization}:${role}`),
      status,
      sso_only: ssoOnly,
      password_hash: status === 'pending_invitation' ? null : passwordHash,
      email_proved_at: status.startsWith('pending') ? null : new Date(),
    });
  }
  for (const { key: ticket, by, status } of TICKETS[key]!) addTicket(organization, tenant, ticket, by, status, add);
  addBooks(organization, tenant, key, add);
  addPayment(organization, tenant, key, add);
  addCards(organization, tenant, key, add, seal);
  addSubscription(organization, tenant, key, add);
  addInvitation(organization, tenant, key, add);
  const [{ key: person }] = people as [Person];
  addConsent(tenant.organization_id, person, add);
  const portal_id = idOf(`portal:${organization}`);
  addSession(person, add, { realm: 'portal', ...tenant, portal_id, subject_id: idOf(`user:${person}`) });
}

/** An invoice of which a part is paid, and one was written off by mistake; one that is still written; and the books that say so. */
function addBooks(organization: string, tenant: Row, key: string, add: Add): void {
  const invoice = { ...tenant, currency: 'BRL', title: `Invoice of ${key}`, subtotal: 10_000, total: 10_000 };
  const invoice_id = idOf(`invoice:${key}`);
  const opened_at = INVOICED_AT;
  const day = dayFrom(0, opened_at);
  add('ledger_accounts', { ...tenant, currency: 'BRL', balance: 5_000 });
  add('invoices', {
    ...invoice,
    id: invoice_id,
    number: `F-2026-${key}`,
    due_on: day,
    payable_until: day,
    bill_to: { name: key, legalName: null, taxId: null, address: null, email: null, phone: null },
    check_code: createHash('sha256').update(key).digest('hex').slice(0, 8).toUpperCase().replace(/[01]/g, 'Z'),
    opened_on: day,
    opened_at,
    settled: 5_000,
    credited: 1_000,
  });
  add('invoices', { ...invoice, id: idOf(`invoice:${key}-draft`) });
  for (const name of [key, `${key}-draft`])
    add('invoice_lines', {
      ...tenant,
      invoice_id: idOf(`invoice:${name}`),
      id: idOf(`invoice-line:${name}`),
      position: 0,
      description: `Line of ${name}`,
      quantity: 1,
      unit_price: 10_000,
      gross: 10_000,
      discount: 0,
      shared_discount: 0,
      tax: 0,
    });
  const entry = (kind: string, amount: number, allocated: number, source_id: string) =>
    add('ledger_entries', {
      ...tenant,
      id: idOf(`entry:${key}:${kind}`),
      currency: 'BRL',
      ...{ kind, amount, allocated, source_id, reason: kind.startsWith('write_off') ? 'Mistake' : null },
      invoice_id: kind === 'deposit' ? null : invoice_id,
      posted_on: day,
      posted_at: opened_at,
    });
  entry('invoice', 10_000, 5_000, invoice_id);
  entry('credit_note', 1_000, 1_000, idOf(`credit-note:${key}`));
  entry('deposit', 4_000, 4_000, idOf(`deposit:${key}`));
  entry('write_off', 500, 500, idOf(`entry:${key}:write_off`));
  entry('write_off_reversal', 500, 500, idOf(`entry:${key}:write_off`));
  for (const [kind, amount, debit = 'invoice'] of [
    ['credit_note', 1_000],
    ['deposit', 4_000],
    ['write_off', 500, 'write_off_reversal'],
  ] as const)
    add('allocations', {
      ...tenant,
      id: idOf(`allocation:${key}:${kind}`),
      currency: 'BRL',
      debit_id: idOf(`entry:${key}:${debit}`),
      credit_id: idOf(`entry:${key}:${kind}`),
      amount,
      posted_at: opened_at,
    });
  const its = { ...tenant, invoice_id };
  add('credit_notes', {
    ...its,
    id: idOf(`credit-note:${key}`),
    currency: 'BRL',
    number: `NC-2026-${key}`,
    amount: 1_000,
    reason: `Credit of ${key}`,
    issued_on: day,
    issued_at: opened_at,
  });
  add('deposits', {
    ...tenant,
    id: idOf(`deposit:${key}`),
    currency: 'BRL',
    amount: 4_000,
    method: 'pix',
    received_on: day,
    reference: `Deposit of ${key}`,
    recorded_at: opened_at,
  });
  add('invoice_events', {
    ...its,
    id: idOf(`invoice-event:${key}`),
    kind: 'opened',
    actor_type: 'staff',
    actor_id: idOf(`staff:${organization}:owner`),
    created_at: opened_at,
  });
  add('account_statements', {
    ...tenant,
    id: idOf(`statement:${key}`),
    currency: 'BRL',
    starts_on: day,
    ends_on: day,
    locale: 'pt-BR',
  });
  add('billing_documents', {
    ...its,
    id: idOf(`document:${key}`),
    inputs_hash: createHash('sha256').update(key).digest('hex'),
    storage_key: `invoices/${key}.pdf`,
    bytes: 20_000,
    digest: createHash('sha256').update(`file of ${key}`).digest('hex'),
  });
  add('fiscal_notes', {
    ...its,
    id: idOf(`fiscal-note:${key}`),
    number: `N${key}`,
    issued_on: day,
    competence_on: day,
    access_key: `3550308${createHash('sha256').update(key).digest().readUInt32BE()}`.padEnd(50, '0'),
    service_amount: 10_000,
    xml_key: `fiscal-notes/${key}.xml`,
    xml_bytes: 6_000,
  });
  addProposal(tenant, key, add);
  add('payment_links', { ...its, id: idOf(`payment-link:${key}`), expires_at: new Date('2100-01-01T00:00:00Z') });
  add('payment_proofs', {
    ...its,
    id: idOf(`proof:${key}`),
    portal_user_id: idOf(`user:${TICKETS[key]![0]!.by}`),
    status: 'open',
    file_name: `proof-of-${key}.pdf`,
    media_type: 'application/pdf',
    bytes: 20_000,
    paid_on: day,
    note: `Proof of ${key}`,
    sent_at: opened_at,
  });
}

function addTicket(organization: string, tenant: Row, key: string, by: string, status: string, add: Add): void {
  const id = idOf(`ticket:${key}`);
  add('tickets', {
    ...tenant,
    id,
    portal_id: idOf(`portal:${organization}`),
    number: `T-2026-${key}`,
    subject: `Ticket of ${key}`,
    description: `Words of ${by}`,
    status,
    submitted_by_id: idOf(`user:${by}`),
    submitted_by_name: `Person ${by}`,
    comment_count: 2,
    resolved_at: status === 'resolved' ? new Date() : null,
    closed_at: status === 'closed' ? new Date() : null,
  });
  const staff = { author_type: 'staff', author_id: idOf(`staff:${organization}:agent`), author_name: 'Agent' };
  const customer = { author_type: 'portal', author_id: idOf(`user:${by}`), author_name: `Person ${by}` };
  const comment = (name: string, author: Row, is_public: boolean) =>
    add('ticket_comments', {
      ...tenant,
      ticket_id: id,
      id: idOf(`comment:${key}:${name}`),
      ...author,
      body: `${name} on ${key}`,
      is_public,
    });
  add('ticket_events', {
    ...tenant,
    ticket_id: id,
    id: idOf(`event:${key}`),
    kind: 'priority',
    from_value: 'low',
    to_value: 'normal',
    actor_type: 'staff',
    actor_id: idOf(`staff:${organization}:agent`),
  });
  comment('question', customer, true);
  comment('answer', staff, true);
  comment('internal-note', { ...staff, author_id: idOf(`staff:${organization}:owner`), author_name: 'Owner' }, false);
}

/** A list of people that was sent and had a line that nobody could use. */
function addImport(organization: string, account: string, add: Add): void {
  const organization_id = idOf(`organization:${organization}`);
  const import_id = idOf(`import:${organization}`);
  add('invitation_imports', {
    organization_id,
    id: import_id,
    billing_account_id: idOf(`account:${account}`),
    portal_id: idOf(`portal:${organization}`),
    status: 'finished',
    total: 1,
    refused: 1,
    created_by_id: idOf(`staff:${organization}:owner`),
    created_by_name: 'Owner',
  });
  add('invitation_import_rows', {
    organization_id,
    import_id,
    place: 0,
    line: 2,
    name: `Listed at ${organization}`,
    email: 'half@',
    role: '',
    status: 'refused',
    problem: 'isEmail',
  });
}

/** A file of customers or invoices that was imported and had a row that could not be. */
function addDataImport(organization: string, kind: string, add: Add): void {
  const organization_id = idOf(`organization:${organization}`);
  const import_id = idOf(`data-import:${organization}:${kind}`);
  add('data_imports', {
    organization_id,
    id: import_id,
    kind,
    status: 'finished',
    file_name: `${kind} of ${organization}.csv`,
    options: kind === 'accounts' ? { existing: 'skip' } : { locale: 'pt-BR', currency: 'BRL' },
    headings: ['Nome'],
    summary: kind === 'accounts' ? {} : { invoices: 0, total: '0', paid: '0', sample: null },
    total: 1,
    refused: 1,
    created_by_id: idOf(`staff:${organization}:owner`),
    created_by_name: 'Owner',
  });
  add('data_import_rows', {
    organization_id,
    import_id,
    place: 0,
    line: 2,
    item: 0,
    title: `Listed at ${organization}`,
    detail: '',
    cells: [`Listed at ${organization}`],
    status: 'refused',
    problem: 'required',
  });
}

function addInvitation(organization: string, tenant: Row, account: string, add: Add): void {
  const person = INVITED[account]!;
  const tokenId = idOf(`token:${person}`);
  add('one_time_tokens', {
    organization_id: tenant['organization_id'],
    id: tokenId,
    purpose: 'invitation',
    subject_type: 'portal_user',
    subject_id: idOf(`user:${person}`),
    portal_id: idOf(`portal:${organization}`),
    credential_version: 1,
    expires_at: daysAgo(-7),
  });
  add('invitations', {
    ...tenant,
    id: idOf(`invitation:${person}`),
    portal_id: idOf(`portal:${organization}`),
    portal_user_id: idOf(`user:${person}`),
    token_id: tokenId,
    email: `invited@${account}.example`,
    name: `Person ${person}`,
    invited_by_type: 'staff',
    invited_by_id: idOf(`staff:${organization}:owner`),
    invited_by_name: 'Owner',
    expires_at: daysAgo(-7),
  });
}

function addArticles(organization: string, add: Add): void {
  const organization_id = idOf(`organization:${organization}`);
  const category_id = idOf(`category:${organization}`);
  add('kb_categories', {
    organization_id,
    id: category_id,
    slug: 'internet',
    name_pt: 'Conexão',
    name_en: 'Connection',
  });
  for (const visibility of VISIBILITIES) {
    add('kb_articles', {
      organization_id,
      id: idOf(`article:${organization}:${visibility}`),
      slug: `${organization}-${visibility}`,
      locale: 'pt-BR',
      title: `Instalação ${visibility} de ${organization}`,
      excerpt: 'Como instalar',
      body_markdown: `# Instalação\n\nConfigure o **roteador** (${visibility}).`,
      body_html: `<h2 id="s-instalacao">Instalação</h2>\n<p>Configure o <strong>roteador</strong> (${visibility}).</p>\n`,
      body_text: `Instalação Configure o roteador (${visibility}).`,
      body_excerpt: `Instalação Configure o roteador (${visibility}).`,
      category_id,
      tags: ['roteador'],
      visibility,
      published_at: visibility === 'portal' || visibility === 'public' ? daysAgo(2) : null,
    });
  }
  add('kb_old_slugs', { organization_id, slug: `${organization}-earlier`, leads_to: `${organization}-public` });
}
