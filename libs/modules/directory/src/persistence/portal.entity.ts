import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('portals')
export class PortalEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') slug: string;
  /** Names its signup page in the installation; where null, the portal's own slug does. */
  @Column({ type: 'text', name: 'signup_slug', nullable: true }) signupSlug: string | null;
  @Column('text') name: string;
  @Column({ type: 'boolean', name: 'is_default' }) isDefault: boolean;
  @Column({ type: 'text', insert: false }) status: 'active' | 'archived';
  /** Roles whose people come in; null lets every role in. Written by `portal_roles` alone. */
  @Column({ type: 'uuid', array: true, name: 'role_ids', nullable: true, insert: false, update: false })
  roleIds: string[] | null;
  @Column({ type: 'text', name: 'custom_domain', nullable: true }) customDomain: string | null;
  @Column({ type: 'timestamptz', name: 'domain_verified_at', nullable: true }) domainVerifiedAt: Date | null;
  @Column({ type: 'boolean', name: 'domain_leads_here' }) domainLeadsHere: boolean;
  get domainVerified(): boolean {
    return this.domainVerifiedAt !== null;
  }
  /** Sections that the modules declare (`StoredSettings`, which is too loose for a column). */
  @Column('jsonb') settings: object;
  /** Counts the changes; a writer names the version that it read. */
  @Column('integer') version: number;
  /** The version that last changed the `name`, and each section. */
  @Column({ type: 'jsonb', name: 'part_versions', insert: false }) partVersions: Record<string, number>;
  @Column({ type: 'timestamptz', name: 'updated_at', insert: false, update: false }) updatedAt: Date;
}
