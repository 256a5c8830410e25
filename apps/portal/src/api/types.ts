import type { PaginationResponse, PortalInvitationItem, PortalTicketItem, TeamMember } from '@balcao/api-client';

// What the API answers, in this application's words; the client's types come from the API's own description.
export type {
  BrandingFacts as Branding,
  KbArticleItem as ArticleSummary,
  KbCategoryItem as ArticleCategory,
  PendingInvitationFacts as Invitation,
  PortalInvitationItem as TeamInvitation,
  PortalMeResponse as Me,
  PortalTicketComment as TicketComment,
  PortalTicketDetail as Ticket,
  PortalTicketItem as TicketSummary,
  PortalUserFacts as PortalUser,
  TeamMember,
} from '@balcao/api-client';

/** One page of a list. */
export interface Page<Item> {
  data: Item[];
  pagination: PaginationResponse;
}

/** One of the accounts that an e-mail and its password fit; a member of the problem `multiple_accounts`. */
export interface AccountChoice {
  organizationId: string;
  organizationName: string;
  billingAccountId: string;
  billingAccountName: string;
}

export type TicketStatus = PortalTicketItem['status'];
export const TICKET_STATUSES = [
  'new',
  'open',
  'pending',
  'on_hold',
  'resolved',
  'closed',
] as const satisfies TicketStatus[];
export type TicketPriority = PortalTicketItem['priority'];
export const TICKET_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const satisfies TicketPriority[];
export type TicketType = PortalTicketItem['type'];
export const TICKET_TYPES = ['incident', 'change', 'request'] as const satisfies TicketType[];

export type TeamMemberStatus = TeamMember['status'];
export const TEAM_STATUSES = [
  'active',
  'pending_verification',
  'suspended',
  'locked',
] as const satisfies TeamMemberStatus[];
export type InvitationStatus = PortalInvitationItem['status'];
export const INVITATION_STATUSES = [
  'pending',
  'accepted',
  'cancelled',
  'expired',
] as const satisfies InvitationStatus[];
