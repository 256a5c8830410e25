import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Locale, StaffRole } from '@balcao/contracts';
import type { StaffStatus } from '../domain/staff-rules.js';

@Entity('staff_users')
export class StaffUserEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') email: string;
  @Column('text') name: string;
  @Column({ type: 'text', name: 'password_hash', nullable: true, select: false }) passwordHash: string | null;
  @Column({ type: 'integer', name: 'credential_version' }) credentialVersion: number;
  @Column('text') role: StaffRole;
  @Column('text') status: StaffStatus;
  @Column({ type: 'timestamptz', name: 'locked_until', nullable: true }) lockedUntil: Date | null;
  @Column({ type: 'timestamptz', name: 'email_proved_at', nullable: true }) emailProvedAt: Date | null;
  @Column({ type: 'text', nullable: true }) locale: Locale | null;
  @Column({ type: 'timestamptz', name: 'last_login_at', nullable: true }) lastLoginAt: Date | null;
}
