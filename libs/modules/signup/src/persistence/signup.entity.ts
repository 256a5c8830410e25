import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Locale } from '@balcao/contracts';
import type {
  AccessRequest,
  Company,
  CorrectedField,
  Corrections,
  Lookup,
  Refusal,
  SignupStatus,
  TaxIdKind,
  TypedFacts,
} from '../domain/signup.js';

/** What somebody agreed to while signing up; kept with the person once there is one. */
export interface GivenConsent {
  kind: 'terms' | 'privacy';
  version: string;
  url: string;
  at: string;
  ip: string;
  userAgent: string;
}

@Entity('signups')
export class SignupEntity {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'portal_id' }) portalId: string;
  @Column({ type: 'text', nullable: true }) number: string | null;
  /** Counts its changes. */
  @Column('integer') version: number;
  @Column('text') kind: TaxIdKind;
  @Column({ type: 'text', name: 'tax_id' }) taxId: string;
  @Column('text') status: SignupStatus;
  @Column('text') locale: Locale;
  @Column('text') lookup: Lookup;
  @Column({ type: 'integer', name: 'lookup_attempt' }) lookupAttempt: number;
  @Column({ type: 'timestamptz', name: 'lookup_due_at', nullable: true }) lookupDueAt: Date | null;
  @Column({ type: 'timestamptz', name: 'looked_up_at', nullable: true }) lookedUpAt: Date | null;
  @Column({ type: 'jsonb', nullable: true }) company: Company | null;
  @Column({ type: 'jsonb', nullable: true }) corrections: Corrections | null;
  @Column({ type: 'text', name: 'administrator_name', nullable: true }) administratorName: string | null;
  @Column({ type: 'text', name: 'administrator_email', nullable: true }) administratorEmail: string | null;
  @Column({ type: 'text', name: 'administrator_phone', nullable: true }) administratorPhone: string | null;
  /** Whether whoever reads that mailbox, or staff, have spoken for the address. */
  @Column({ type: 'boolean', name: 'address_kept' }) addressKept: boolean;
  /** How often whoever reads the mailbox has sent the data: only the browser of the last time opens the signup (`SignupTokens`). */
  @Column('integer') handovers: number;
  @Column({ type: 'text', name: 'password_hash', nullable: true, select: false }) passwordHash: string | null;
  @Column('jsonb') consents: GivenConsent[];
  @Column('boolean') disputed: boolean;
  @Column({ type: 'text', nullable: true }) refusal: Refusal | null;
  /** In words: the register's, or those of staff. */
  @Column({ type: 'text', name: 'refusal_reason', nullable: true }) refusalReason: string | null;
  /** Who asked the administrators of a company that is registered for access. */
  @Column({ type: 'jsonb', name: 'access_request', nullable: true }) accessRequest: AccessRequest | null;
  /** What the person wrote, once staff have corrected it. */
  @Column({ type: 'jsonb', nullable: true }) typed: TypedFacts | null;
  @Column({ type: 'jsonb', name: 'corrected_fields' }) correctedFields: CorrectedField[];
  @Column({ type: 'text', name: 'corrected_by_name', nullable: true }) correctedByName: string | null;
  @Column({ type: 'timestamptz', name: 'corrected_at', nullable: true }) correctedAt: Date | null;
  @Column({ type: 'uuid', name: 'reviewed_by_id', nullable: true }) reviewedById: string | null;
  @Column({ type: 'text', name: 'reviewed_by_name', nullable: true }) reviewedByName: string | null;
  @Column({ type: 'timestamptz', name: 'reviewed_at', nullable: true }) reviewedAt: Date | null;
  @Column({ type: 'uuid', name: 'account_id', nullable: true }) accountId: string | null;
  @Column({ type: 'uuid', name: 'user_id', nullable: true }) userId: string | null;
  /** How often the person's address had changed when it was last the signup's own. */
  @Column({ type: 'integer', name: 'email_changes' }) emailChanges: number;
  @Column({ type: 'timestamptz', name: 'expires_at' }) expiresAt: Date;
  @Column({ type: 'timestamptz', name: 'submitted_at', nullable: true }) submittedAt: Date | null;
  @Column({ type: 'timestamptz', name: 'created_at', insert: false, update: false }) createdAt: Date;
}
