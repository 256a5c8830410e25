import {
  InvitationStatus,
  InvoiceStatus,
  type PaymentItem,
  TeamMemberStatus,
  TicketPriority,
  TicketStatus,
  TicketType,
  TransactionKind,
} from '@balcao/api-client';

// What the API answers, in this application's words; the client's types come from the API's own description.
export type {
  AgeingBucket,
  AmountDueFacts as AmountDue,
  BillCheckFacts as BillCheck,
  CollectionFacts as Collection,
  ProposalCheckFacts as ProposalCheck,
  BrandingFacts as Branding,
  CreditNoteFacts as CreditNote,
  FiscalNoteFacts as FiscalNote,
  FiscalNoteItem,
  InvoiceEventFacts as InvoiceEvent,
  InvoiceFacts as Invoice,
  InvoiceItem as InvoiceSummary,
  OtherPortalResponse as OtherPortal,
  LinkedInvoiceFacts as LinkedInvoice,
  PaymentFacts as Payment,
  PaymentItem,
  PaymentMethodFacts as SavedCard,
  PaymentOfferResponse as PaymentOffer,
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
  ProposalFacts as Proposal,
  ProposalVersionItem as ProposalVersion,
  SettlementFacts as Settlement,
  StatementResponse as Statement,
  TeamMember,
  TransactionItem as Transaction,
} from '@balcao/api-client';

/** A way to pay. */
export type PaymentMethod = PaymentItem['method'];

export type {
  InvitationStatus,
  InvoiceStatus,
  TeamMemberStatus,
  TicketPriority,
  TicketStatus,
  TicketType,
  TransactionKind,
};
export const INVOICE_STATUSES = Object.values(InvoiceStatus);
export const TRANSACTION_KINDS = Object.values(TransactionKind);
export const TICKET_STATUSES = Object.values(TicketStatus);
export const TICKET_PRIORITIES = Object.values(TicketPriority);
export const TICKET_TYPES = Object.values(TicketType);
export const TEAM_STATUSES = Object.values(TeamMemberStatus);
export const INVITATION_STATUSES = Object.values(InvitationStatus);
