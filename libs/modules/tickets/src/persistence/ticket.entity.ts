import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TicketActorType, TicketEventKind } from '../domain/ticket-history.js';
import type { CommentAuthorType, TicketPriority, TicketSource, TicketStatus, TicketType } from '../domain/ticket.js';

@Entity('tickets')
export class TicketEntity {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'organization_id', insert: false, update: false }) organizationId: string;
  @Column({ type: 'uuid', name: 'billing_account_id' }) billingAccountId: string;
  /** Portal in which it was opened; mails about it wear that portal's brand. */
  @Column({ type: 'uuid', name: 'portal_id', nullable: true }) portalId: string | null;
  @Column('text') number: string;
  @Column('text') subject: string;
  @Column('text') description: string;
  @Column('text') type: TicketType;
  @Column('text') priority: TicketPriority;
  @Column('text') status: TicketStatus;
  @Column('text') source: TicketSource;
  @Column({ type: 'uuid', name: 'submitted_by_id', nullable: true }) submittedById: string | null;
  /** Of that time, for one whom nobody knows any more; everybody else is shown under their present name. */
  @Column({ type: 'text', name: 'submitted_by_name' }) submittedByName: string;
  /** Of which a charge is disputed in it. */
  @Column({ type: 'uuid', name: 'invoice_id', nullable: true }) invoiceId: string | null;
  @Column({ type: 'uuid', name: 'assignee_id', nullable: true }) assigneeId: string | null;
  /** The ticket in another system. */
  @Column({ type: 'text', name: 'external_ticket_id', nullable: true }) externalTicketId: string | null;
  @Column({ type: 'text', name: 'external_ticket_url', nullable: true }) externalTicketUrl: string | null;
  @Column({ type: 'integer', name: 'comment_count', default: 0 }) commentCount: number;
  /** Who spoke last in public; a customer who takes a finished ticket up again has spoken too. */
  @Column({ type: 'text', name: 'last_reply_by', default: 'customer' }) lastReplyBy: 'customer' | 'staff';
  /** Last message, internal notes included, or act of the customer. */
  @Column({ type: 'timestamptz', name: 'last_activity_at' }) lastActivityAt: Date;
  @Column({ type: 'timestamptz', name: 'resolved_at', nullable: true }) resolvedAt: Date | null;
  @Column({ type: 'timestamptz', name: 'closed_at', nullable: true }) closedAt: Date | null;
  /** When a resolved ticket closes by itself, as its customer was told. */
  @Column({ type: 'timestamptz', name: 'auto_close_at', nullable: true }) autoCloseAt: Date | null;
  /** Counts the changes, messages included; a writer may name the version that they read. */
  @Column('integer') version: number;
  @Column({ type: 'timestamptz', name: 'created_at', update: false }) createdAt: Date;
  /** Last change that the customer can see. */
  @Column({ type: 'timestamptz', name: 'updated_at' }) updatedAt: Date;
}

@Entity('ticket_comments')
export class TicketCommentEntity {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'billing_account_id' }) billingAccountId: string;
  @Column({ type: 'uuid', name: 'ticket_id' }) ticketId: string;
  @Column({ type: 'text', name: 'author_type' }) authorType: CommentAuthorType;
  @Column({ type: 'uuid', name: 'author_id' }) authorId: string;
  @Column({ type: 'text', name: 'author_name' }) authorName: string;
  @Column('text') body: string;
  @Column({ type: 'boolean', name: 'is_public' }) isPublic: boolean;
  @Column({ type: 'timestamptz', name: 'created_at' }) createdAt: Date;
  @Column({ type: 'timestamptz', name: 'edited_at', nullable: true }) editedAt: Date | null;
  @Column({ type: 'timestamptz', name: 'deleted_at', nullable: true }) deletedAt: Date | null;
}

@Entity('ticket_events')
export class TicketEventEntity {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'billing_account_id' }) billingAccountId: string;
  @Column({ type: 'uuid', name: 'ticket_id' }) ticketId: string;
  @Column('text') kind: TicketEventKind;
  @Column({ type: 'text', name: 'from_value', nullable: true }) from: string | null;
  @Column({ type: 'text', name: 'to_value', nullable: true }) to: string | null;
  @Column({ type: 'text', name: 'actor_type' }) actorType: TicketActorType;
  @Column({ type: 'uuid', name: 'actor_id', nullable: true }) actorId: string | null;
  @Column({ type: 'timestamptz', name: 'created_at' }) createdAt: Date;
}

/** What repositories may be asked for. */
export const TICKETS_ENTITIES = [TicketCommentEntity, TicketEntity, TicketEventEntity];
