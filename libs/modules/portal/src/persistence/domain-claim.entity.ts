import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MailAdvice } from '../domains/mail-advice.js';
import type { DomainPurpose, Finding, TargetFinding } from '../domains/check-outcome.js';

@Entity('domain_claims')
export class DomainClaimEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') purpose: DomainPurpose;
  @Column({ type: 'uuid', name: 'portal_id', nullable: true }) portalId: string | null;
  /** What stands before the @, of one for mails. */
  @Column({ type: 'text', nullable: true }) mailbox: string | null;
  @Column('text') domain: string;
  @Column('text') proof: string;
  @Column({ type: 'timestamptz', name: 'waiting_since' }) waitingSince: Date;
  @Column({ type: 'timestamptz', name: 'verified_at', nullable: true }) verifiedAt: Date | null;
  @Column({ type: 'timestamptz', name: 'missing_since', nullable: true }) missingSince: Date | null;
  @Column({ type: 'timestamptz', name: 'lost_at', nullable: true }) lostAt: Date | null;
  @Column({ type: 'text', nullable: true }) finding: Finding | null;
  @Column({ type: 'text', array: true }) found: string[];
  @Column({ type: 'text', name: 'target_finding', nullable: true }) targetFinding: TargetFinding | null;
  @Column({ type: 'text', name: 'target_found', array: true }) targetFound: string[];
  @Column({ type: 'boolean', name: 'leads_here' }) leadsHere: boolean;
  @Column({ type: 'text', name: 'dkim_public_key', nullable: true }) dkimPublicKey: string | null;
  /** Read by name only, where a mail is signed. */
  @Column({ type: 'bytea', name: 'dkim_key_sealed', nullable: true, select: false }) dkimKeySealed?: Buffer | null;
  @Column({ type: 'jsonb', nullable: true }) advice: MailAdvice | null;
  @Column({ type: 'timestamptz', name: 'checked_at', nullable: true }) checkedAt: Date | null;
  @Column({ type: 'timestamptz', name: 'asked_at', nullable: true }) askedAt: Date | null;
  @Column({ type: 'timestamptz', name: 'next_check_at', nullable: true }) nextCheckAt: Date | null;
  @Column({ type: 'timestamptz', name: 'released_at', nullable: true }) releasedAt: Date | null;
}
