import type { Locale, PortalFeature, PortalPermission, StaffPermission, StaffRole } from '@balcao/contracts';
import type { Theme } from '@balcao/theming';

/** One page of a list. */
export interface Page<Item> {
  data: Item[];
  pagination: { page: number; limit: number; total: number };
}

/** Something named, where its id and name are enough. */
export interface Reference {
  id: string;
  name: string;
}

export interface Me {
  user: { id: string; email: string; name: string; role: StaffRole; locale?: Locale | null; timeZone?: string | null };
  organization: { id: string; slug: string; name: string; timeZone?: string };
  permissions: StaffPermission[];
}

export interface StaffMember extends Reference {
  email: string;
  role: StaffRole;
  status: string;
}

export interface Role extends Reference {
  permissions: PortalPermission[];
  isDefault: boolean;
}

export interface AccountSummary extends Reference {
  legalName: string | null;
  taxId: string | null;
  externalId: string | null;
  userCount: number;
  createdAt: string;
}

export interface Account extends Reference {
  legalName: string | null;
  taxId: string | null;
  externalId: string | null;
  email: string | null;
  phone: string | null;
  roleId: string | null;
  createdAt: string;
  updatedAt: string;
}

export const USER_STATUSES = ['active', 'pending_verification', 'pending_invitation', 'suspended', 'locked'] as const;
export type UserStatus = (typeof USER_STATUSES)[number];

export interface PortalUser extends Reference {
  email: string;
  username: string | null;
  status: UserStatus;
  ssoOnly: boolean;
  receiveNotifications: boolean;
  lockedUntil: string | null;
  lastLoginAt: string | null;
  createdAt: string;
  billingAccount: Reference;
  role: Reference;
}

export const INVITATION_STATUSES = ['pending', 'accepted', 'cancelled', 'expired'] as const;
export type InvitationStatus = (typeof INVITATION_STATUSES)[number];
export type MailStatus = 'queued' | 'sent' | 'failed' | 'dropped';

export interface Invitation extends Reference {
  email: string;
  status: InvitationStatus;
  billingAccount: Reference;
  invitedByName: string;
  expiresAt: string;
  createdAt: string;
  /** The last mail of this invitation, as far as the mail server has said. */
  mail: { status: MailStatus; sentAt: string | null } | null;
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
  lastActivityAt?: string;
  lastReplyBy?: 'customer' | 'staff';
  submittedBy: { id: string | null; name: string } | null;
  billingAccount: Reference;
  assignee: Reference | null;
}

export interface TicketComment {
  id: string;
  body: string;
  authorType: 'portal_user' | 'staff';
  authorName: string;
  isPublic: boolean;
  createdAt: string;
}

export interface Ticket extends TicketSummary {
  description: string;
  externalTicketId: string | null;
  externalTicketUrl: string | null;
  comments: TicketComment[];
}

export const VISIBILITIES = ['draft', 'internal', 'portal', 'public'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export interface ArticleCategory {
  id: string;
  slug: string;
  namePt: string;
  nameEn: string;
  articleCount: number;
}

export interface ArticleSummary {
  id: string;
  slug: string;
  title: string;
  locale: Locale;
  visibility: Visibility;
  category: { id: string; namePt: string; nameEn: string } | null;
  updatedAt: string;
}

export interface Article extends ArticleSummary {
  excerpt: string;
  bodyMarkdown: string;
  tags: string[];
  version: number;
}

export interface PortalBranding {
  logoUrl: string | null;
  logoDarkUrl: string | null;
  faviconUrl: string | null;
  theme: Theme;
  welcomeMessage: string | null;
  supportEmail: string | null;
  supportPhone: string | null;
  footerText: string | null;
  languages: Locale[];
  defaultLocale: Locale;
  showBalcaoMark: boolean;
}

export interface PortalSecurity {
  sessionAbsoluteDays: number;
  lockThreshold: number;
  lockMinutes: number;
}

export interface PortalSummary extends Reference {
  slug: string;
  isDefault: boolean;
}

export interface Portal extends PortalSummary {
  customDomain: string | null;
  branding: PortalBranding;
  features: Record<PortalFeature, boolean>;
  security: PortalSecurity;
  allowedInvitationDomains: string[];
  /** Goes back with a change, so that nobody overwrites what they have not seen. */
  version: number;
  updatedAt: string;
}
