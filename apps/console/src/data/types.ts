import type { ArticleItem, InboxItem, InvitationItem, PortalUserItem, StaffItem } from '@balcao/api-client';

// What the API answers, in this application's words; the client's types come from the API's own description.
export type {
  ArticleDetail as Article,
  ArticleItem as ArticleSummary,
  BillingAccountDetail as Account,
  BillingAccountListItem as AccountSummary,
  CategoryItem as ArticleCategory,
  InboxItem,
  InboxItem as TicketSummary,
  OperatorFacts as Operator,
  OrganizationItem as Organization,
  InvitationItem as Invitation,
  BrandingSettings as PortalBranding,
  PortalItem as Portal,
  PortalUserItem as PortalUser,
  ReferenceResponse as Reference,
  RoleItem as Role,
  StaffItem as StaffMember,
  StaffMeResponse as Me,
  StaffTicketDetail as Ticket,
  TicketEvent,
} from '@balcao/api-client';

export type UserStatus = PortalUserItem['status'];
export const USER_STATUSES = [
  'active',
  'pending_verification',
  'pending_invitation',
  'suspended',
  'locked',
] as const satisfies UserStatus[];
export type StaffStatus = StaffItem['status'];
export const STAFF_STATUSES = ['active', 'pending_invitation', 'suspended', 'locked'] as const satisfies StaffStatus[];
export type InvitationStatus = InvitationItem['status'];
export const INVITATION_STATUSES = [
  'pending',
  'accepted',
  'cancelled',
  'expired',
] as const satisfies InvitationStatus[];
export type TicketStatus = InboxItem['status'];
export const TICKET_STATUSES = [
  'new',
  'open',
  'pending',
  'on_hold',
  'resolved',
  'closed',
] as const satisfies TicketStatus[];
export type TicketPriority = InboxItem['priority'];
export const TICKET_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const satisfies TicketPriority[];
export type TicketType = InboxItem['type'];
export const TICKET_TYPES = ['incident', 'change', 'request'] as const satisfies TicketType[];
export type Visibility = ArticleItem['visibility'];
export const VISIBILITIES = ['draft', 'internal', 'portal', 'public'] as const satisfies Visibility[];
