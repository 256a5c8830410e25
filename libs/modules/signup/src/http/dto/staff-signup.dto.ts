import { LOCALES, type Locale } from '@balcao/contracts';
import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import {
  EnumField,
  EnumFilterField,
  Nullable,
  ObjectField,
  PageQuery,
  SearchField,
  Single,
  TextField,
  UuidField,
  VersionField,
} from '@balcao/platform-http';
import {
  LOOKUPS,
  REFUSALS,
  SIGNUP_STATUSES,
  type Lookup,
  type Refusal,
  type SignupStatus,
  type TaxIdKind,
} from '../../domain/signup.js';
import type { GivenConsent } from '../../persistence/signup.entity.js';
import {
  AdministratorFacts,
  AdministratorRequest,
  CompanyRequest,
  CorrectionsFacts,
  SignupFacts,
} from './signup.dto.js';

export class SignupListQuery extends PageQuery {
  @EnumFilterField({ values: SIGNUP_STATUSES, description: 'Where they stand' }) status?: SignupStatus[];
  @EnumField({
    values: ['yes', 'no'],
    description: 'Only those whose data were sent, or only those where nothing but a number was typed; all without it',
    optional: true,
  })
  sent?: 'yes' | 'no';
  @SearchField({
    description: 'Part of a name, an e-mail or a number, or the beginning of a tax id',
    example: 'alvorada',
  })
  q?: string;
  @UuidField({ description: 'The customer that came of it', optional: true }) billingAccountId?: string;
  @UuidField({ description: 'The portal at which they began', optional: true }) portalId?: string;
}

/** A customer that has the tax id of a signup. */
export class TaxIdCustomer {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'Its name', example: 'Confeitaria Alvorada' }) name: string;
}

const TAX_ID_CUSTOMER = {
  type: TaxIdCustomer,
  nullable: true,
  description: 'The customer that has this tax id already, where that was found; null for who may not read customers',
} as const;

export class SignupListItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @Nullable(String, 'Number for people, once the data were sent', { example: 'C-2026-000418' }) number: string | null;
  @ApiProperty({ enum: ['cnpj', 'cpf'], description: 'Whether a company signs up, or a person' }) kind: TaxIdKind;
  @ApiProperty({ description: 'Without its marks', example: '12ABC34501DE35' }) taxId: string;
  @Nullable(String, "The company's name, or the person's; null while nobody has said it") companyName: string | null;
  @ApiProperty({ enum: SIGNUP_STATUSES, description: 'Where it stands' }) status: SignupStatus;
  @ApiProperty({ enum: LOOKUPS, description: 'What the register says' }) lookup: Lookup;
  @ApiProperty({ enum: REFUSALS, nullable: true, description: 'Why it was refused' }) refusal: Refusal | null;
  @Nullable(String, 'Who will manage the access') administratorName: string | null;
  @Nullable(String, 'Their e-mail') administratorEmail: string | null;
  @ApiProperty() createdAt: Date;
  @Nullable(Date, 'When the data were sent') submittedAt: Date | null;
  @ApiProperty(TAX_ID_CUSTOMER) taxIdCustomer: TaxIdCustomer | null;
}

export class GivenConsentFacts {
  @ApiProperty({ enum: ['terms', 'privacy'], description: 'What was agreed to' }) kind: GivenConsent['kind'];
  @ApiProperty({ description: 'Where it was read', example: 'https://aurora.example/termos' }) url: string;
  @ApiProperty({ description: 'Its version; empty where the portal names none', example: '2026-11' }) version: string;
  @ApiProperty({ type: Date, description: 'When they agreed' }) at: string;
}

/** Who asked the administrators of a company that is a customer already for access. */
export class AccessRequestFacts {
  @ApiProperty({ description: 'The name that they wrote', example: 'Rui Dias' }) name: string;
  @ApiProperty({ description: 'The address that they wrote, which nobody has checked' }) email: string;
  @ApiProperty({ type: Date, description: 'When they asked' }) at: string;
}

/** What a person wrote. */
export class TypedSignupFacts {
  @ApiProperty({ type: CorrectionsFacts, nullable: true, description: 'Of the company, beside the register' })
  corrections: CorrectionsFacts | null;
  @ApiProperty({ type: AdministratorFacts, nullable: true, description: 'Who will manage the access' })
  administrator: AdministratorFacts | null;
}

export class CorrectedFieldFacts {
  @ApiProperty({ description: 'By its name in the request', example: 'company.legalName' }) field: string;
  @ApiProperty({ description: 'Who corrected it last', example: 'Rafael Nunes' }) by: string;
}

/** A signup as staff see it. */
export class StaffSignupFacts extends OmitType(SignupFacts, ['actions', 'mailHeldUntil', 'askedAt', 'taxId']) {
  @ApiProperty({ description: 'Without its marks', example: '12ABC34501DE35' }) taxId: string;
  @ApiProperty({ enum: LOCALES, description: 'The language that the person reads mails in' }) locale: Locale;
  @ApiProperty({ description: 'Whether the person says that the register is wrong' }) disputed: boolean;
  @ApiProperty({
    type: TypedSignupFacts,
    nullable: true,
    description: 'What the person wrote, where staff have corrected it; null once that is forgotten',
  })
  typed: TypedSignupFacts | null;
  @ApiProperty({
    type: [CorrectedFieldFacts],
    description: 'What staff have corrected, and who did; empty once what was typed is forgotten',
  })
  correctedFields: CorrectedFieldFacts[];
  @Nullable(String, 'Who corrected it last') correctedByName: string | null;
  @Nullable(Date, 'When they did') correctedAt: Date | null;
  @Nullable(String, 'Who decided') reviewedByName: string | null;
  @Nullable(Date, 'When they did') reviewedAt: Date | null;
  @ApiProperty({ type: [GivenConsentFacts], description: 'What the person agreed to; empty once that is forgotten' })
  consents: GivenConsentFacts[];
  @Nullable(String, 'The customer that came of it', { format: 'uuid' }) billingAccountId: string | null;
  @ApiProperty(TAX_ID_CUSTOMER) taxIdCustomer: TaxIdCustomer | null;
  @ApiProperty({
    type: AccessRequestFacts,
    nullable: true,
    description: "Who asked the company's administrators for access last; null once that is forgotten",
  })
  accessRequest: AccessRequestFacts | null;
}

export class StaffSignupResponse extends Single('signup', StaffSignupFacts) {}

class AdministratorPatch extends PartialType(OmitType(AdministratorRequest, ['password']), {
  skipNullProperties: false,
}) {}

export class DecideSignupRequest {
  @VersionField() version: number;
}

export class CorrectSignupRequest extends DecideSignupRequest {
  @ObjectField({ description: 'The company; what is left out stays', type: () => CompanyRequest, optional: true })
  company?: CompanyRequest;
  @ObjectField({ description: 'The person; what is left out stays', type: () => AdministratorPatch, optional: true })
  administrator?: AdministratorPatch;
}

export class RefuseSignupRequest extends DecideSignupRequest {
  @TextField({
    description: 'Why, for the person: it stands in the mail',
    max: 1_000,
    example: 'Atendemos só empresas de Campinas.',
  })
  reason: string;
}
