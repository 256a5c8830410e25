import type { Locale, PortalFeature, PortalPermission } from '@balcao/contracts';

/** One page of a list. */
export interface Page<Item> {
  data: Item[];
  pagination: { page: number; limit: number; total: number };
}

export interface Branding {
  organizationName: string;
  portalName: string;
  slug: string;
  logoUrl: string | null;
  logoDarkUrl: string | null;
  faviconUrl: string | null;
  welcomeMessage: string | null;
  supportEmail: string | null;
  supportPhone: string | null;
  footerText: string | null;
  languages: Locale[];
  defaultLocale: Locale;
  showBalcaoMark: boolean;
  features: Record<PortalFeature, boolean>;
}

export interface PortalUser {
  id: string;
  email: string;
  name: string;
  receiveNotifications: boolean;
  locale: Locale | null;
  timeZone: string | null;
  organizationId: string;
  organizationName: string;
}

export interface Me {
  user: PortalUser;
  customer: { id: string; name: string };
  organization: {
    id: string;
    slug: string;
    name: string;
    locale: Locale;
    timeZone: string;
    currency: string;
  };
  portal: { id: string; slug: string; name: string };
  permissions: PortalPermission[];
  features: Record<PortalFeature, boolean>;
}

/** One of the accounts that an e-mail and its password fit. */
export interface AccountChoice {
  organizationId: string;
  organizationName: string;
  billingAccountId: string;
  billingAccountName: string;
}

export interface Invitation {
  email: string;
  name: string;
  organizationName: string;
  billingAccountName: string;
  expiresAt: string;
}

export const TICKET_STATUSES = ['new', 'open', 'pending', 'on_hold', 'resolved', 'closed'] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];
export const TICKET_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type TicketPriority = (typeof TICKET_PRIORITIES)[number];
export const TICKET_TYPES = ['incident', 'change', 'request'] as const;
export type TicketType = (typeof TICKET_TYPES)[number];

export interface TicketSummary {
  id: string;
  number: string;
  subject: string;
  status: TicketStatus;
  priority: TicketPriority;
  type: TicketType;
  createdAt: string;
  updatedAt: string;
  commentCount: number;
  submittedBy: { id: string; name: string } | null;
}

export interface TicketComment {
  id: string;
  body: string;
  authorType: 'portal_user' | 'staff';
  authorName: string;
  mine: boolean;
  createdAt: string;
}

export interface Ticket extends TicketSummary {
  description: string;
  closedAt: string | null;
  resolvedAt: string | null;
  /** Who takes care of it. */
  assignee: { name: string } | null;
  /** Whether the finished ticket may be taken up again. */
  canReopen: boolean;
  comments: TicketComment[];
}

export interface ArticleSummary {
  id: string;
  slug: string;
  title: string;
  excerpt: string;
  /** The text around what was searched for; plain text in pieces, `null` without a search. */
  highlight: { text: string; marked: boolean }[] | null;
  category: { id: string; slug: string; name: string } | null;
  tags: string[];
  updatedAt: string;
}

export interface Article {
  id: string;
  slug: string;
  title: string;
  /** Sanitized by the API. */
  bodyHtml: string;
  category: { id: string; slug: string; name: string } | null;
  tags: string[];
  updatedAt: string;
}

export interface ArticleCategory {
  id: string;
  slug: string;
  name: string;
  articleCount: number;
}
