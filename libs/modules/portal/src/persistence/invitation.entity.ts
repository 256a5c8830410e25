import { Column, Entity, PrimaryColumn } from 'typeorm';

export const INVITATION_STATUSES = ['pending', 'accepted', 'cancelled', 'expired'] as const;
/** `expired` is a pending one whose week is over; it can be sent again. */
export type InvitationStatus = (typeof INVITATION_STATUSES)[number];

@Entity('invitations')
export class InvitationEntity {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'billing_account_id' }) billingAccountId: string;
  @Column({ type: 'uuid', name: 'portal_id' }) portalId: string;
  @Column({ type: 'uuid', name: 'portal_user_id' }) portalUserId: string;
  /** The newest link; its mail tells how the invitation fared. */
  @Column({ type: 'uuid', name: 'token_id', nullable: true }) tokenId: string | null;
  @Column('text') email: string;
  @Column('text') name: string;
  @Column('text') status: 'pending' | 'accepted' | 'cancelled';
  @Column({ type: 'text', name: 'invited_by_type' }) invitedByType: string;
  @Column({ type: 'uuid', name: 'invited_by_id' }) invitedById: string;
  @Column({ type: 'text', name: 'invited_by_name' }) invitedByName: string;
  @Column({ type: 'timestamptz', name: 'expires_at' }) expiresAt: Date;
  @Column({ type: 'timestamptz', name: 'accepted_at', nullable: true }) acceptedAt: Date | null;
  @Column({ type: 'timestamptz', name: 'cancelled_at', nullable: true }) cancelledAt: Date | null;
  @Column({ type: 'integer', name: 'sent_count' }) sentCount: number;
}
