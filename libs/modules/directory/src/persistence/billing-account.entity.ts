import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('billing_accounts')
export class BillingAccountEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column({ type: 'text', name: 'legal_name', nullable: true }) legalName: string | null;
  /** CNPJ (14 characters) or CPF (11 digits), without mask. */
  @Column({ type: 'text', name: 'tax_id', nullable: true }) taxId: string | null;
  @Column({ type: 'text', name: 'external_id', nullable: true }) externalId: string | null;
  @Column({ type: 'text', nullable: true }) email: string | null;
  @Column({ type: 'text', nullable: true }) phone: string | null;
  /** Role that new users of the account get; the organization's default where null. */
  @Column({ type: 'uuid', name: 'role_id', nullable: true }) roleId: string | null;
  @Column({ type: 'timestamptz', name: 'created_at', insert: false, update: false }) createdAt: Date;
  @Column({ type: 'timestamptz', name: 'updated_at', insert: false, update: false }) updatedAt: Date;
}
