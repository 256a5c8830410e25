import { ApiProperty, PartialType } from '@nestjs/swagger';
import { UFS } from '@balcao/brazil';
import { ACCOUNT_SOURCES, type AccountSource, type PostalAddress } from '../../persistence/billing-account.entity.js';
import {
  CLEARABLE,
  Nullable,
  EmailField,
  NameField,
  ObjectField,
  PageQuery,
  SearchField,
  Single,
  TaxIdField,
  TelephoneField,
  TextField,
  UuidField,
} from '@balcao/platform-http';

const UF = new RegExp(`^(${UFS.join('|')})$`);

/** What somebody writes of an address in Brazil. */
export class PostalAddressRequest {
  @TextField({ description: 'Street', max: 255, ...CLEARABLE, example: 'Rua Barão de Jaguara' }) street: string | null;
  @TextField({ description: 'Number of the house', max: 50, ...CLEARABLE, example: '1481' }) number: string | null;
  @TextField({ description: 'What else finds it', max: 255, ...CLEARABLE, example: 'Loja 3' }) complement:
    string | null;
  @TextField({ description: 'Part of the city', max: 255, ...CLEARABLE, example: 'Centro' }) district: string | null;
  @TextField({ description: 'CEP, 8 digits', max: 8, pattern: /^\d{8}$/, ...CLEARABLE, example: '13015002' })
  postalCode: string | null;
  @TextField({ description: 'City', max: 255, ...CLEARABLE, example: 'Campinas' }) city: string | null;
  @TextField({ description: 'State (UF)', max: 2, pattern: UF, ...CLEARABLE, example: 'SP' })
  state: string | null;
}

export class CreateBillingAccountRequest {
  @NameField({ company: true, description: 'Name that people know the customer by', example: 'Padaria Estrela' })
  name: string;
  @TextField({ description: 'Name in the register of companies', max: 255, ...CLEARABLE }) legalName?: string | null;
  @TaxIdField(CLEARABLE) taxId?: string | null;
  @TextField({ max: 50, ...CLEARABLE }) externalId?: string | null;
  @EmailField({ description: 'Address for invoices and notices', ...CLEARABLE }) email?: string | null;
  @TelephoneField(CLEARABLE) phone?: string | null;
  @ObjectField({
    description: 'Where it is, whole: what is left out of it is not known',
    type: () => PostalAddressRequest,
    ...CLEARABLE,
  })
  address?: PostalAddressRequest | null;
  @UuidField({ description: 'Role that new users of this account get', ...CLEARABLE }) roleId?: string | null;
}

export class UpdateBillingAccountRequest extends PartialType(CreateBillingAccountRequest, {
  skipNullProperties: false,
}) {}

export class BillingAccountListQuery extends PageQuery {
  @SearchField({
    description:
      'Part of a name or a phone, or the beginning of a tax id, with its punctuation or without, or of an external id',
    example: 'padaria',
  })
  q?: string;
}

class BillingAccountItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'Padaria Estrela' }) name: string;
  @Nullable(String, 'Name in the register of companies; null where unknown')
  legalName: string | null;
  @Nullable(String, 'CNPJ or CPF without its marks; null where unknown') taxId: string | null;
  @Nullable(String) externalId: string | null;
  @ApiProperty() createdAt: Date;
}

export class BillingAccountListItem extends BillingAccountItem {
  @ApiProperty({ type: 'integer', example: 3, description: 'How many people of it have access' }) userCount: number;
}

/** A postal address in Brazil, as far as it is known. */
export class PostalAddressFacts implements PostalAddress {
  @Nullable(String, 'With its kind before it', { example: 'Rua Barão de Jaguara' }) street: string | null;
  @Nullable(String, 'Number of the house', { example: '1481' }) number: string | null;
  @Nullable(String, 'What else finds it', { example: 'Loja 3' }) complement: string | null;
  @Nullable(String, 'Part of the city', { example: 'Centro' }) district: string | null;
  @Nullable(String, 'CEP, 8 digits', { example: '13015002' }) postalCode: string | null;
  @Nullable(String, 'Municipality', { example: 'Campinas' }) city: string | null;
  @Nullable(String, 'State (UF)', { example: 'SP' }) state: string | null;
}

export class BillingAccountDetail extends BillingAccountItem {
  @Nullable(String) email: string | null;
  @Nullable(String, 'Telephone; null where unknown')
  phone: string | null;
  @ApiProperty({ type: PostalAddressFacts, nullable: true, description: 'Where it is; null where unknown' })
  address: PostalAddressFacts | null;
  @ApiProperty({
    enum: ACCOUNT_SOURCES,
    nullable: true,
    description:
      'Where the data come from: the register of companies, or who signed it up; null where staff wrote them',
  })
  source: AccountSource | null;
  @Nullable(String, 'Role that new users of this account get; null for the default one', { format: 'uuid' })
  roleId: string | null;
  @ApiProperty() updatedAt: Date;
}

export class BillingAccountResponse extends Single(
  'billingAccount',
  BillingAccountDetail,
  'The customer as it stands now',
) {}
