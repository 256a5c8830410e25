import type { PostalAddress } from '@balcao/module-directory';
import type { PastCard, PastEnd } from '@balcao/module-payments';
import type { SignupEntity, SignupSettings } from '@balcao/module-signup';
import type { Locale, PicturePurpose, PortalPermission, StaffRole } from '@balcao/contracts';
import type { BillingSettings, DepositMethod, DraftLine } from '@balcao/module-billing';
import type { PortalBranding } from '@balcao/module-directory';
import type { PortalUserStatus } from '@balcao/module-directory/entities';
import type { ArticleVisibility } from '@balcao/module-kb';
import type { TicketPriority, TicketStatus, TicketType } from '@balcao/module-tickets';

export interface DemoUser {
  email: string;
  name: string;
  role: string;
  status?: PortalUserStatus;
  ssoOnly?: boolean;
  /** E-mail of the colleague whose invitation is pending. */
  invitedBy?: string;
}

export interface DemoAccount {
  name: string;
  legalName: string;
  taxId: string;
  externalId: string;
  email: string;
  phone: string;
  address: PostalAddress;
  /** Days for which it has been a customer. */
  sinceDays: number;
  users: DemoUser[];
}

interface DemoMessage {
  /** E-mail of a portal user or of staff. */
  from: string;
  body: string;
  /** Hours after the ticket was opened. */
  after: number;
  internal?: boolean;
}

export interface DemoTicket {
  /** E-mail of the portal user who opened it. */
  from: string;
  subject: string;
  description: string;
  type: TicketType;
  priority: TicketPriority;
  status: TicketStatus;
  assignee?: string;
  /** Hours before now when it was opened. */
  hoursAgo: number;
  messages?: DemoMessage[];
}

interface DemoCategory {
  slug: string;
  namePt: string;
  nameEn: string;
}

export interface DemoArticle {
  category: string;
  slug: string;
  locale: Locale;
  title: string;
  excerpt: string;
  tags: string[];
  visibility: ArticleVisibility;
  /** Days before now when it was written. */
  daysAgo: number;
  bodyMarkdown: string;
}

export interface DemoPortal {
  slug: string;
  name: string;
  /** Names of those that it lets in; none lets every role in. */
  roles: string[];
  branding: Partial<PortalBranding>;
  /** Files of its pictures. */
  pictures: Record<PicturePurpose, Buffer>;
}

/** A company that has signed up and waits for staff. */
export interface DemoSignup extends Pick<SignupEntity, 'taxId' | 'lookup' | 'company' | 'corrections'> {
  administrator: { name: string; email: string; phone: string | null };
  disputed?: boolean;
  hoursAgo: number;
}

/** A line of an invoice; its price is in centavos. */
export interface DemoLine extends Omit<DraftLine, 'unitPrice'> {
  unitPrice: number;
}

/** Invoices that come every month, up to this one. */
export interface DemoMonthlyInvoices {
  /** External id of the customer. */
  account: string;
  /** Months before this one. */
  months: number;
  /** Days of the month. */
  openedDay: number;
  dueDay: number;
  /** `{month}` is the month's name. */
  title: string;
  purchaseOrder?: string;
  lines: DemoLine[];
  /** How many of the last ones nobody has paid. */
  unpaidMonths: number;
  /** In turn. */
  methods: DepositMethod[];
  /** Number of the first one's fiscal note, where it has them. */
  fiscalNoteFrom?: number;
  /** How many of the last that were paid were so through the pretended bank. */
  paidOnline?: number;
  /** The month before this one, by how many, whose invoice a saved card was to pay on its due date. */
  collectedMonthsAgo?: number;
  /** Payments of those that nobody has paid yet, by how many months ago they are. */
  tries?: { monthsAgo: number; daysAgo: number; method: 'pix' | 'boleto' | 'card'; amount?: number; end: PastEnd }[];
}

/** One invoice by itself. */
export interface DemoInvoice {
  account: string;
  openedDaysAgo: number;
  dueInDays: number;
  title: string;
  purchaseOrder?: string;
  lines: DemoLine[];
  draft?: true;
  /** What was paid of it, and taken back, in centavos. */
  paid?: { amount: number; method: DepositMethod };
  credit?: { amount: number; reason: string };
  /** Why it was voided. */
  void?: string;
}

/** Something that is sold again and again, at one price. */
export interface DemoPlan {
  name: string;
  description?: string;
  kind?: 'plan' | 'addition';
  family?: string;
  /** In centavos. */
  price: {
    unitAmount: number;
    setupAmount?: number;
    model?: 'flat' | 'per_unit' | 'usage';
    unitName?: string;
    included?: string;
    periodUnit?: 'month' | 'year';
  };
}

/** A customer's subscription and what was done to it. */
export interface DemoSubscription {
  /** External id of the customer. */
  account: string;
  /** Its first day; below zero it is still to come. */
  startsDaysAgo: number;
  trialDays?: number;
  dueDays?: number;
  reference?: string;
  /** By the names of their plans. */
  items: { plan: string; quantity?: string; detail?: string }[];
  /** What opened within so many days nobody has paid. */
  unpaidDays?: number;
  deeds?: ({ daysAgo: number } & (
    | { kind: 'change'; to: string; when: 'now' | 'period_end' }
    | { kind: 'pause'; resumesInDays: number }
    | { kind: 'cancel'; when: 'now' | 'period_end'; reason: 'too_expensive' | 'moving' | 'not_needed' }
  ))[];
}

/** What became of a proposal that was sent; of one that says nothing its customer has yet to decide. */
export interface DemoProposal {
  account: string;
  /** Who of the staff answers questions. */
  contact: string;
  reference?: string;
  title: string;
  introduction: string;
  terms: string;
  lines: DemoLine[];
  /** Absent of a draft. */
  sentDaysAgo?: number;
  validForDays: number;
  /** A second version, with this off all lines, in minor units. */
  revised?: { daysAgo: number; discount: number };
  end?:
    | { daysAgo: number; kind: 'accepted'; email: string; name: string; role: string; strokes?: string }
    | { daysAgo: number; kind: 'rejected'; email: string; name: string; comment: string }
    | { daysAgo: number; kind: 'withdrawn'; reason: string }
    | { daysAgo: number; kind: 'expired' };
}

export interface DemoBilling {
  settings: Partial<BillingSettings>;
  monthly: DemoMonthlyInvoices[];
  single: DemoInvoice[];
  /** Cards that customers have saved, by their external ids; an account's first one is its default. */
  cards?: ({ account: string; daysAgo: number } & Omit<PastCard, 'billingAccountId'>)[];
  plans?: DemoPlan[];
  subscriptions?: DemoSubscription[];
  /** Money that came without anybody asking for it, in minor units. */
  unasked?: { daysAgo: number; gatewayId: string; method: 'pix' | 'boleto' | 'card'; amount: number }[];
  proposals?: DemoProposal[];
}

/** One organization of the demo, with everything that belongs to it. */
export interface DemoOrganization {
  slug: string;
  name: string;
  /** Whether it is for trying things out, with a clock that its staff move. */
  isSandbox?: boolean;
  /** The default one first; companies sign up there. */
  portals: [DemoPortal, ...DemoPortal[]];
  roles: {
    name: string;
    isDefault?: boolean;
    permissions: PortalPermission[];
    /** Names of the roles that its bearers may give. */
    grants?: string[];
  }[];
  staff: { email: string; name: string; role: StaffRole }[];
  accounts: DemoAccount[];
  signups: { settings: Partial<SignupSettings>; waiting: DemoSignup[] };
  tickets: DemoTicket[];
  billing: DemoBilling;
  categories: DemoCategory[];
  articles: DemoArticle[];
}
