import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A postal address in Brazil. */
export interface PostalAddress {
  street: string | null;
  number: string | null;
  complement: string | null;
  district: string | null;
  /** CEP, 8 digits. */
  postalCode: string | null;
  city: string | null;
  /** UF. */
  state: string | null;
}

/** Where the data of an account's company come from: from the register of companies, or from who signed it up. */
export const ACCOUNT_SOURCES = ['registry', 'signup'] as const;
export type AccountSource = (typeof ACCOUNT_SOURCES)[number];

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
  /** Where it is, as far as it is known. */
  @Column({ type: 'jsonb', nullable: true }) address: PostalAddress | null;
  /** Where its company's data come from; null where staff wrote them. */
  @Column({ type: 'text', nullable: true }) source: AccountSource | null;
  /** Role that new users of the account get; the organization's default where null. */
  @Column({ type: 'uuid', name: 'role_id', nullable: true }) roleId: string | null;
  @Column({ type: 'timestamptz', name: 'created_at', insert: false, update: false }) createdAt: Date;
  @Column({ type: 'timestamptz', name: 'updated_at', insert: false, update: false }) updatedAt: Date;
}
