import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StoredSettings } from '../domain/define-settings.js';
import type { PortalBranding } from '../domain/portal-settings.js';

@Entity('portals')
export class PortalEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') slug: string;
  @Column('text') name: string;
  @Column({ type: 'boolean', name: 'is_default' }) isDefault: boolean;
  @Column({ type: 'text', name: 'custom_domain', nullable: true })
  customDomain: string | null;
  @Column({ type: 'timestamptz', name: 'domain_verified_at', nullable: true })
  domainVerifiedAt: Date | null;
  get domainVerified(): boolean {
    return this.domainVerifiedAt !== null;
  }
  @Column('jsonb') branding: Partial<PortalBranding>;
  /** Sections that the modules declare. */
  @Column('jsonb') settings: StoredSettings;
  @Column({ type: 'text', name: 'allowed_invitation_domains', array: true })
  allowedInvitationDomains: string[];
  /** The tenant's own stylesheet as it was typed; what is served is made from it by module portal. */
  @Column({ type: 'text', name: 'custom_css', nullable: true })
  customCss: string | null;
  /** Counts the changes; a writer names the version that it read. */
  @Column('integer') version: number;
  @Column({
    type: 'timestamptz',
    name: 'updated_at',
    insert: false,
    update: false,
  })
  updatedAt: Date;
}
