import { InvitationStatus, TeamMemberStatus, TicketPriority, TicketStatus, TicketType } from '@balcao/api-client';

// What the API answers, in this application's words; the client's types come from the API's own description.
export type {
  BrandingFacts as Branding,
  OtherPortalResponse as OtherPortal,
  KbArticleItem as ArticleSummary,
  KbCategoryItem as ArticleCategory,
  PortalInvitationItem as TeamInvitation,
  PortalMeResponse as Me,
  PortalOverviewTicket as OverviewTicket,
  PortalTicketComment as TicketComment,
  PortalTicketDetail as Ticket,
  PortalTicketItem as TicketSummary,
  TicketEvent,
  PortalUserFacts as PortalUser,
  TeamMember,
} from '@balcao/api-client';

export type { InvitationStatus, TeamMemberStatus, TicketPriority, TicketStatus, TicketType };
export const TICKET_STATUSES = Object.values(TicketStatus);
export const TICKET_PRIORITIES = Object.values(TicketPriority);
export const TICKET_TYPES = Object.values(TicketType);
export const TEAM_STATUSES = Object.values(TeamMemberStatus);
export const INVITATION_STATUSES = Object.values(InvitationStatus);
