import { STRIPE_KEY, STRIPE_SECRET } from '../../../../libs/platform/gateways/test/support/fake-stripe.js';
import { dayFrom } from './days.js';
import { idOf } from './ids.js';
import { INVOICED_AT } from './world.js';

/** Whose row it is, seen from the actor of the tests: staff of Aurora, or Ana of Aurora's Padaria. */
export type Side = 'own' | 'otherAccount' | 'otherOrganization';

type Rows = Partial<Record<Side, string>>;

/** What the parameters of paths can name, by the path segment before them. */
const PATH_ROWS: Record<string, Rows> = {
  'account-imports/:id': rows('data-import', 'aurora:accounts', undefined, 'boreal:accounts'),
  'articles/:id': rows('article', 'aurora:draft', undefined, 'boreal:draft'),
  'articles/:slug': { own: 'aurora-public', otherOrganization: 'boreal-public' },
  'billing-accounts/:id': rows('account', 'padaria', undefined, 'mercado'),
  'branding/:domain': { own: 'portal.aurora.example', otherOrganization: 'portal.boreal.example' },
  'categories/:id': rows('category', 'aurora', undefined, 'boreal'),
  'comments/:commentId': rows('comment', 'ana:question', 'carla:question', 'davi:question'),
  'comments/:noteId': rows('comment', 'ana:internal-note', undefined, 'davi:internal-note'),
  'credit-notes/:creditNoteId': rows('credit-note', 'padaria', 'oficina', 'mercado'),
  'fiscal-notes/:fiscalNoteId': rows('fiscal-note', 'padaria', 'oficina', 'mercado'),
  // Of the world's notes.
  'months/:month': { own: INVOICED_AT.toISOString().slice(0, 7) },
  'invitation-imports/:id': rows('import', 'aurora', undefined, 'boreal'),
  'invitations/:id': rows('invitation', 'invited', 'invited-oficina', 'invited-boreal'),
  'invoices/:id': rows('invoice', 'padaria', 'oficina', 'mercado'),
  'payment-proofs/:id': rows('proof', 'padaria', undefined, 'mercado'),
  'proofs/:proofId': rows('proof', 'padaria', 'oficina', 'mercado'),
  'invoice-imports/:id': rows('data-import', 'aurora:invoices', undefined, 'boreal:invoices'),
  'organizations/:id': rows('organization', 'aurora'),
  'payment-links/:linkId': rows('payment-link', 'padaria', undefined, 'mercado'),
  'gateways/:id': rows('sandbox-gateway', 'aurora', undefined, 'boreal'),
  'gateway-accounts/:id': rows('sandbox-gateway', 'aurora', undefined, 'boreal'),
  'gateway-events/:id': rows('gateway-event', 'aurora', undefined, 'boreal'),
  'stray-payments/:id': rows('stray-payment', 'aurora', undefined, 'boreal'),
  'payments/:id': rows('payment', 'padaria', 'oficina', 'mercado'),
  'plans/:id': rows('plan', 'aurora', undefined, 'boreal'),
  'prices/:priceId': rows('price', 'aurora', undefined, 'boreal'),
  'subscriptions/:id': rows('subscription', 'padaria', 'oficina', 'mercado'),
  'pictures/:pictureId': rows('picture', 'aurora', undefined, 'boreal'),
  'portal-users/:id': rows('user', 'ana', undefined, 'davi'),
  'portals/:id': rows('portal', 'aurora', undefined, 'boreal'),
  'proposals/:id': rows('proposal', 'padaria', 'oficina', 'mercado'),
  'versions/:versionId': rows('proposal-version', 'padaria', 'oficina', 'mercado'),
  'files/:fileId': rows('proposal-file', 'padaria', 'oficina', 'mercado'),
  'links/:linkId': rows('proposal-link', 'padaria', undefined, 'mercado'),
  'roles/:id': rows('role', 'aurora:limited', undefined, 'boreal:limited'),
  // Whoever of the organization holds it may play with it.
  'sandbox-bank/:gatewayId': rows('sandbox-payment', 'aurora', undefined, 'boreal'),
  'sandbox-cards/:gatewayId': rows('sandbox-setup', 'aurora', undefined, 'boreal'),
  'payment-methods/:id': rows('payment-method', 'padaria', 'oficina', 'mercado'),
  'payment-method-setups/:id': rows('method-setup', 'padaria', 'oficina', 'mercado'),
  'sessions/:id': rows('session', 'ana', 'carla', 'davi'),
  'sessions/:sessionId': rows('session', 'aurora:owner', undefined, 'boreal:owner'),
  'team/:id': rows('user', 'bruno', 'carla', 'davi'),
  'signup/:signupSlug': { own: 'aurora', otherOrganization: 'boreal' },
  'signups/:id': rows('signup', 'aurora', undefined, 'boreal'),
  'staff/:id': rows('staff', 'aurora:agent', undefined, 'boreal:agent'),
  'tickets/:id': rows('ticket', 'ana', 'carla', 'davi'),
  // Of a portal, which is another's then, or of the organization itself.
  'versions/:version': { own: '1', otherOrganization: '7' },
};

/** What the fields of bodies and queries can name. */
const REFERENCES: Record<string, Rows> = {
  assigneeId: rows('staff', 'aurora:agent', undefined, 'boreal:agent'),
  before: rows('comment', 'ana:question', 'carla:question', 'davi:question'),
  billingAccountId: rows('account', 'padaria', undefined, 'mercado'),
  categoryId: rows('category', 'aurora', undefined, 'boreal'),
  contactId: rows('staff', 'aurora:agent', undefined, 'boreal:agent'),
  from: rows('staff', 'aurora:agent', undefined, 'boreal:agent'),
  // Of an item of a subscription that stays, or takes that place.
  id: rows('subscription-item', 'padaria', 'oficina', 'mercado'),
  invoiceId: rows('invoice', 'padaria', undefined, 'mercado'),
  invoiceIds: rows('invoice', 'padaria', undefined, 'mercado'),
  lineIds: rows('invoice-line', 'padaria', 'oficina', 'mercado'),
  grantableRoleIds: rows('role', 'aurora:limited', undefined, 'boreal:limited'),
  orgId: rows('organization', 'aurora'),
  organizationId: rows('organization', 'aurora'),
  itemId: rows('subscription-item', 'padaria', 'oficina', 'mercado'),
  lookOf: rows('portal', 'aurora', undefined, 'boreal'),
  planId: rows('plan', 'aurora', undefined, 'boreal'),
  priceId: rows('price', 'aurora-new', undefined, 'boreal'),
  paymentId: rows('payment', 'padaria', undefined, 'mercado'),
  portalId: rows('portal', 'aurora', undefined, 'boreal'),
  portalUserId: rows('user', 'ana', undefined, 'davi'),
  replacementId: rows('payment-method', 'padaria-second', 'oficina', 'mercado'),
  roleIds: rows('role', 'aurora:limited', undefined, 'boreal:limited'),
  roleId: rows('role', 'aurora:limited', undefined, 'boreal:limited'),
  to: rows('staff', 'aurora:owner', undefined, 'boreal:owner'),
  writeOffId: rows('entry', 'padaria:write_off', undefined, 'mercado:write_off'),
};

/** What routes want in another state than others do that have it at the same place: by how their paths end. */
const OF_ROUTES: Record<string, Record<string, Rows>> = {
  // As `address` would have told it of the next one.
  'admin/gateway-accounts': { id: rows('sandbox-gateway', 'aurora', undefined, 'boreal') },
  'subscriptions/:id/usage': {
    itemId: rows('subscription-item', 'padaria-usage', 'oficina-usage', 'mercado-usage'),
  },
  'subscriptions/:id/resumption': {
    'subscriptions/:id': rows('subscription', 'padaria-paused', 'oficina-paused', 'mercado-paused'),
  },
  'subscriptions/:id/restart': {
    'subscriptions/:id': rows('subscription', 'padaria-ended', 'oficina-ended', 'mercado-ended'),
  },
};

/** By real time. */
const PAUSE = { startsOn: dayFrom(5), resumesOn: dayFrom(35) };
/** What queries cannot do without, where an example does not do: by how their routes' paths end. */
export const QUERY_COMPLETIONS: Record<string, Record<string, string>> = { 'subscriptions/:id/pause': PAUSE };

/** A subscription names rows of its own; an invoice none. */
const PROPOSED = { kind: 'subscription', items: [{ priceId: idOf('price:aurora') }] };

/** Where fields with their examples do not make an acceptable body. */
export const BODY_COMPLETIONS: Record<string, Record<string, unknown>> = {
  // `content` is an alias; what is undefined is left out.
  CreateCommentRequest: { body: 'Segue a foto', content: undefined },
  // The pretended service is for sandboxes.
  CreateGatewayAccountRequest: {
    kind: 'stripe',
    methods: ['card'],
    credentials: { secretKey: STRIPE_KEY, webhookSecret: STRIPE_SECRET },
  },
  CreateInvitationImportRequest: { people: 'line,name,email\r\n2,Nova Pessoa,new.person@padaria.example' },
  CreateInvitationRequest: { email: 'new.person@padaria.example' },
  CreateInvitationsRequest: { invitations: [{ email: 'new.person@padaria.example', name: 'Nova Pessoa' }] },
  CreatePortalUserRequest: { email: 'new.person@padaria.example' },
  CreateProposalRequest: { outcome: PROPOSED },
  CreateTicketRequest: { subject: 'Sem conexão desde cedo' },
  EditCommentRequest: { body: 'Segue a foto', content: undefined },
  PortalInviteManyRequest: { invitations: [{ email: 'new.person@padaria.example', name: 'Nova Pessoa' }] },
  PortalInviteRequest: { email: 'new.person@padaria.example' },
  PauseRequest: PAUSE,
  RecordUsageRequest: {
    records: [
      { key: 'ramal 204', itemId: idOf('subscription-item:padaria-usage'), usedOn: dayFrom(-2), quantity: '12.5' },
    ],
  },
  ReplaceProposalRequest: { outcome: PROPOSED },
  StaffPauseRequest: PAUSE,
  UpdateRoleRequest: { isDefault: true },
};

function rows(kind: string, own: string, otherAccount?: string, otherOrganization?: string): Rows {
  const id = (key: string | undefined) => key && idOf(`${kind}:${key}`);
  return { own: id(own), otherAccount: id(otherAccount), otherOrganization: id(otherOrganization) };
}

/** @throws Error for a parameter that is new; RangeError where that side has no such row */
export function pathRow(operation: { name: string }, parameter: string, side: Side): string {
  return chosen(PATH_ROWS, 'PATH_ROWS', operation, parameter, side);
}

/** @throws Error for a field that is new; RangeError where that side has no such row */
export function referencedRow(operation: { name: string }, field: string, side: Side): string {
  // The rows of the collection that the route stands below.
  if (field === 'ids') return pathRow(operation, `${operation.name.split('/').at(-2) ?? ''}/:id`, side);
  return chosen(REFERENCES, 'REFERENCES', operation, field, side);
}

function chosen(
  table: Record<string, Rows>,
  tableName: string,
  operation: { name: string },
  key: string,
  side: Side,
): string {
  const [, ofRoute] = Object.entries(OF_ROUTES).find(([end]) => operation.name.endsWith(`/${end}`)) ?? [];
  const found = ofRoute?.[key] ?? table[key];
  if (!found) {
    throw new Error(
      `${operation.name}: nobody told the isolation suite what "${key}" names. Add its rows of both tenants to ` +
        `${tableName} in test/support/route-rows.ts, and to the world if they are of a new kind.`,
    );
  }
  const row = found[side];
  if (!row) throw new RangeError(`The world has no ${key} of side ${side}`);
  return row;
}
