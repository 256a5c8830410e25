import { ApiProperty, PartialType } from '@nestjs/swagger';
import { EmailField, PageQuery, TextField, UuidField, SearchField, NameField } from '@balcao/platform-http';

export class CreateBillingAccountRequest {
  @NameField({
    description: 'Name that people know the customer by',
    example: 'Padaria Estrela',
  })
  name: string;
  @TextField({
    description: 'Registered name',
    max: 255,
    optional: true,
    nullable: true,
    example: 'Padaria Estrela Ltda.',
  })
  legalName?: string | null;
  @TextField({
    description: 'CNPJ (numeric or alphanumeric) or CPF, masked or not',
    max: 18,
    optional: true,
    nullable: true,
    example: '12.ABC.345/01DE-35',
  })
  taxId?: string | null;
  @TextField({
    description: 'Your own id of the customer',
    max: 50,
    optional: true,
    nullable: true,
    example: 'padaria-estrela',
  })
  externalId?: string | null;
  @EmailField({
    description: 'Address for invoices and notices',
    optional: true,
    nullable: true,
  })
  email?: string | null;
  @TextField({
    description: 'Telephone',
    max: 50,
    optional: true,
    nullable: true,
    example: '+55 19 3232-4455',
  })
  phone?: string | null;
  @UuidField({
    description: 'Role that new users of this account get',
    optional: true,
    nullable: true,
  })
  roleId?: string | null;
}

export class UpdateBillingAccountRequest extends PartialType(CreateBillingAccountRequest, {
  skipNullProperties: false,
}) {}

export class BillingAccountListQuery extends PageQuery {
  @SearchField({
    description: 'Part of a name, a tax id or an external id',
    example: 'padaria',
  })
  q?: string;
}

export class BillingAccountListItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'Padaria Estrela' }) name: string;
  @ApiProperty({ type: String, nullable: true }) legalName: string | null;
  @ApiProperty({ type: String, nullable: true, example: '12ABC34501DE35' })
  taxId: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'padaria-estrela' })
  externalId: string | null;
  @ApiProperty({ type: 'integer', example: 3 }) userCount: number;
  @ApiProperty() createdAt: Date;
}

export class BillingAccountDetail {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'Padaria Estrela' }) name: string;
  @ApiProperty({ type: String, nullable: true }) legalName: string | null;
  @ApiProperty({ type: String, nullable: true }) taxId: string | null;
  @ApiProperty({ type: String, nullable: true }) externalId: string | null;
  @ApiProperty({ type: String, nullable: true }) email: string | null;
  @ApiProperty({ type: String, nullable: true }) phone: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'uuid' }) roleId: string | null;
  @ApiProperty() createdAt: Date;
  @ApiProperty() updatedAt: Date;
}

export class BillingAccountResponse {
  @ApiProperty() billingAccount: BillingAccountDetail;
}
