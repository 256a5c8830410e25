import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Locale } from '@balcao/contracts';

/** Where a person's access stands. */
export const PORTAL_USER_STATUSES = [
  'active',
  'pending_verification',
  'pending_invitation',
  'suspended',
  'locked',
] as const;
export type PortalUserStatus = (typeof PORTAL_USER_STATUSES)[number];

@Entity('portal_users')
export class PortalUserEntity {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'billing_account_id' }) billingAccountId: string;
  @Column('text') email: string;
  /** How often the address became another, be it one that it had before. */
  @Column({ type: 'integer', name: 'email_changes' }) emailChanges: number;
  @Column({ type: 'text', nullable: true }) username: string | null;
  @Column('text') name: string;
  @Column({ type: 'text', name: 'password_hash', nullable: true, select: false }) passwordHash: string | null;
  /** Raised whenever sessions and links of before must end. */
  @Column({ type: 'integer', name: 'credential_version' }) credentialVersion: number;
  @Column('text') status: PortalUserStatus;
  /** What somebody suspended was waiting for. */
  @Column({ type: 'text', name: 'suspended_from', nullable: true })
  suspendedFrom: 'pending_verification' | 'pending_invitation' | null;
  @Column({ type: 'timestamptz', name: 'locked_until', nullable: true }) lockedUntil: Date | null;
  /** When the password was set by a link that was mailed to this address. */
  @Column({ type: 'timestamptz', name: 'email_proved_at', nullable: true }) emailProvedAt: Date | null;
  /** When a link that was mailed to it was followed, whose the password is or not. */
  @Column({ type: 'timestamptz', name: 'email_confirmed_at', nullable: true }) emailConfirmedAt: Date | null;
  @Column({ type: 'uuid', name: 'role_id' }) roleId: string;
  @Column({ type: 'boolean', name: 'sso_only' }) ssoOnly: boolean;
  @Column({ type: 'boolean', name: 'receive_notifications' }) receiveNotifications: boolean;
  @Column({ type: 'text', nullable: true }) locale: Locale | null;
  @Column({ type: 'text', name: 'time_zone', nullable: true }) timeZone: string | null;
  @Column({ type: 'timestamptz', name: 'last_login_at', nullable: true }) lastLoginAt: Date | null;
  @Column({ type: 'timestamptz', name: 'created_at', insert: false, update: false }) createdAt: Date;
}
