import {
  ArticleVisibility,
  InvitationStatus,
  PortalUserStatus,
  StaffStatus,
  TicketPriority,
  TicketStatus,
  TicketType,
} from '@balcao/api-client';

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

export type { InvitationStatus, StaffStatus, TicketPriority, TicketStatus, TicketType };
export type { ArticleVisibility as Visibility, PortalUserStatus as UserStatus };
export const USER_STATUSES = Object.values(PortalUserStatus);
export const STAFF_STATUSES = Object.values(StaffStatus);
export const INVITATION_STATUSES = Object.values(InvitationStatus);
export const TICKET_STATUSES = Object.values(TicketStatus);
/** Whether a ticket that stands so is finished, until somebody opens it again. */
export const isDone = (status?: string | null): boolean => status === 'resolved' || status === 'closed';
export const TICKET_PRIORITIES = Object.values(TicketPriority);
export const TICKET_TYPES = Object.values(TicketType);
export const VISIBILITIES = Object.values(ArticleVisibility);
