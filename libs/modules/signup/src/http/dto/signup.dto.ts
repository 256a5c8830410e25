import { ApiProperty, PickType } from '@nestjs/swagger';
import { PostalAddressFacts, PostalAddressRequest } from '@balcao/module-directory/http';
import { AccessFacts } from '@balcao/module-auth/http';
import {
  BooleanField,
  CLEARABLE,
  EmailField,
  IntegerField,
  NameField,
  NewPasswordField,
  Nullable,
  ObjectField,
  Single,
  TelephoneField,
  TextField,
} from '@balcao/platform-http';
import {
  LOOKUPS,
  REFUSALS,
  SIGNUP_ACTIONS,
  SIGNUP_STATUSES,
  type Lookup,
  type Refusal,
  type SignupAction,
  type SignupStatus,
  type TaxIdKind,
} from '../../domain/signup.js';

const optional = true;
/** Of what an answer may leave out. */
const required = false;

export class ProofRequest {
  @TextField({
    description: 'The `token` of the challenge',
    max: 400,
    pattern: /^[\w.-]+$/,
    example: '00aa11bb22cc33dd44ee55ff.9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.1795000000.x',
  })
  token: string;
  @IntegerField({
    description: 'The number below `most` for which SHA-256 of the salt with it in decimal behind is the target',
    min: 0,
    max: 10_000_000,
  })
  number: number;
}

export class BeginSignupRequest {
  @TextField({
    description: 'CNPJ (numeric or alphanumeric), or CPF where the portal takes it; masked or not',
    max: 30,
    example: '12.ABC.345/01DE-35',
  })
  taxId: string;
  @ObjectField({ description: 'The answer to the challenge of the page', type: () => ProofRequest })
  proof: ProofRequest;
  @TextField({
    description: 'Left empty: people do not see this field',
    min: 0,
    max: 200,
    optional,
    example: '',
  })
  website?: string;
}

/** What differs from the register, or what it has not said: null removes what it says, and what is left out is as it is there. */
export class CompanyRequest {
  @NameField({
    company: true,
    description: 'Name in the register of companies; what that says comes first',
    example: 'Confeitaria Alvorada Ltda',
    ...CLEARABLE,
  })
  legalName?: string | null;
  @NameField({ company: true, description: 'Name that people know it by', example: 'Doces Alvorada', ...CLEARABLE })
  tradeName?: string | null;
  @TelephoneField(CLEARABLE) phone?: string | null;
  @EmailField({ description: 'Address for invoices and notices', ...CLEARABLE }) email?: string | null;
  @ObjectField({ description: 'Where it is', type: () => PostalAddressRequest, ...CLEARABLE })
  address?: PostalAddressRequest | null;
}

export class AdministratorRequest {
  @NameField({ description: 'Who will manage the access of the company' }) name: string;
  @EmailField({ description: 'Their e-mail, by which they sign in' }) email: string;
  @TelephoneField({ ...CLEARABLE, example: '+55 19 98765-4321' }) phone?: string | null;
  @NewPasswordField({ description: 'Their password' }) password: string;
}

export class ConsentsRequest {
  @BooleanField({ description: 'Agrees to the terms; needed where the portal names some', optional }) terms?: boolean;
  @BooleanField({ description: 'Agrees to the privacy notice; needed where the portal names one', optional })
  privacy?: boolean;
  @TextField({
    description: 'The version that was shown; another one by now answers 409',
    max: 50,
    ...CLEARABLE,
    example: '2026-11',
  })
  version?: string | null;
  @TextField({
    description: 'The address of the terms that were shown (`termsUrl` of the page); another one by now answers 409',
    max: 2048,
    ...CLEARABLE,
    example: 'https://aurora.example/termos',
  })
  termsUrl?: string | null;
  @TextField({
    description:
      'The address of the privacy notice that was shown (`privacyUrl` of the page); another one by now answers 409',
    max: 2048,
    ...CLEARABLE,
    example: 'https://aurora.example/privacidade',
  })
  privacyUrl?: string | null;
}

export class SubmitSignupRequest {
  @ObjectField({
    description: 'The company, where the register is old or silent',
    type: () => CompanyRequest,
    optional,
  })
  company?: CompanyRequest;
  @ObjectField({ description: 'Who will manage the access of the company', type: () => AdministratorRequest })
  administrator: AdministratorRequest;
  @ObjectField({ description: 'What they agree to', type: () => ConsentsRequest, optional }) consents?: ConsentsRequest;
  @BooleanField({ description: 'The register is wrong: a person shall look', optional }) disputes?: boolean;
}

export class SignupEmailRequest {
  @EmailField({ description: 'The right address' }) email: string;
}

export class AskAdministratorRequest {
  @NameField({ description: 'Who asks, as the mail names them' }) name: string;
  @EmailField({ description: 'Where they can be invited' }) email: string;
}

export class SignupLinkRequest {
  @TextField({ description: 'Token of the link', max: 200, example: 'AZIiIgAAcACAAAAAAAAAAQ.mac' }) token: string;
}

export class ConfirmSignupRequest extends SignupLinkRequest {
  @NewPasswordField({ description: 'Password, where the link asks for one (`asksPassword`)', optional })
  password?: string;
}

export class ChallengeFacts {
  @ApiProperty({ description: 'What is hashed before the number', example: '00aa11bb22cc33dd44ee55ff' }) salt: string;
  @ApiProperty({ description: 'SHA-256 in hexadecimal that the right number gives' }) target: string;
  @ApiProperty({ type: 'integer', description: 'The number is from 0 to below this', example: 50000 }) most: number;
  @ApiProperty({ description: 'Sent back with the number, once, within 15 minutes' }) token: string;
}

export class SignupPageFacts {
  @ApiProperty({ description: 'Name of the signup page in its address', example: 'aurora' }) slug: string;
  @ApiProperty({ description: 'Name of the portal', example: 'Aurora Telecom' }) portalName: string;
  @ApiProperty({ description: "Start of the portal's own address", example: 'https://portal.aurora.example' })
  origin: string;
  @ApiProperty({ description: 'Whether companies sign up here' }) open: boolean;
  @ApiProperty({ description: 'Whether people sign up too, by their CPF' }) acceptsCpf: boolean;
  @ApiProperty({ description: 'Whether addresses of mail services that anybody uses are refused' })
  refusesPersonalEmail: boolean;
  @Nullable(String, 'Terms to agree to; null for none') termsUrl: string | null;
  @Nullable(String, 'Privacy notice to agree to; null for none') privacyUrl: string | null;
  @Nullable(String, 'Version of both, sent back with the consents', { example: '2026-11' }) termsVersion: string | null;
  @ApiProperty({
    type: ChallengeFacts,
    nullable: true,
    description: 'To be answered when it begins; null where it is shut',
  })
  challenge: ChallengeFacts | null;
}

export class SignupPageResponse extends Single('signupPage', SignupPageFacts, 'What the page needs') {}

export class OwnSignupPageFacts extends PickType(SignupPageFacts, ['slug', 'open']) {}
export class OwnSignupPageResponse extends Single('signupPage', OwnSignupPageFacts, "The portal's signup page") {}

/** What the register says of the company; whatever it leaves out is null. */
export class CompanyFacts {
  @ApiProperty({ description: 'Name in the register', example: 'Confeitaria Alvorada Ltda' })
  legalName: string;
  @Nullable(String, 'Name that people know it by') tradeName: string | null;
  @ApiProperty({ type: 'integer', description: '1 null, 2 active, 3 suspended, 4 unfit, 8 closed', example: 2 })
  situation: number;
  @Nullable(String, 'Day since which it stands so', { example: '2025-03-14' }) situationSince: string | null;
  @Nullable(String, "The register's reason for it") situationReason: string | null;
  @Nullable(String, 'Day on which it was opened', { example: '2025-03-14' }) openedOn: string | null;
  @Nullable(String, 'What it mainly does') mainActivity: string | null;
  @Nullable(String, 'Its legal form') legalNature: string | null;
  @Nullable(String, 'Its size, as the register says it') size: string | null;
  @Nullable(String, 'Telephone') phone: string | null;
  @Nullable(String, 'Address for invoices and notices') email: string | null;
  @ApiProperty({ type: PostalAddressFacts, nullable: true, description: 'Where it is' })
  address: PostalAddressFacts | null;
}

/** What was written beside the register: null was removed, and what is absent is as the register has it. */
export class CorrectionsFacts {
  @Nullable(String, 'Name in the register', { required }) legalName?: string | null;
  @Nullable(String, 'Name that people know it by; null where it was removed', { required }) tradeName?: string | null;
  @Nullable(String, 'Telephone; null where it was removed', { required }) phone?: string | null;
  @Nullable(String, 'Address for invoices and notices; null where it was removed', { required }) email?: string | null;
  @ApiProperty({
    type: PostalAddressFacts,
    nullable: true,
    required,
    description: 'Where it is; null where it was removed',
  })
  address?: PostalAddressFacts | null;
}

export class AdministratorFacts {
  @ApiProperty({ example: 'Carolina Sampaio' }) name: string;
  @ApiProperty() email: string;
  @Nullable(String, 'Telephone') phone: string | null;
}

export class LookupFacts {
  @ApiProperty({
    enum: LOOKUPS,
    description:
      'What the register says: `waiting` for it, `active`, `inactive` (see `refusal`), `unknown` standing, `not_found`, ' +
      '`unavailable` after all attempts; `none` where it is not asked',
  })
  state: Lookup;
  @ApiProperty({ type: 'integer', description: 'Which attempt this is, from 1; 0 for none', example: 2 })
  attempt: number;
  @ApiProperty({ type: 'integer', description: 'Attempts at most', example: 4 }) attempts: number;
  @Nullable(Date, 'When the next attempt begins; null while one is under way and where there is none')
  nextAttemptAt: Date | null;
  @Nullable(Date, 'When the register answered') answeredAt: Date | null;
}

export class RefusalFacts {
  @ApiProperty({
    enum: REFUSALS,
    description: 'Standing of the company in the register, a customer already, or refused by a person',
  })
  code: Refusal;
  @Nullable(String, "In words: the register's, or the person's") reason: string | null;
  @Nullable(String, 'Day since which the company stands so', { example: '2025-03-14' }) since: string | null;
}

/** A signup as whoever sends it sees it. */
export class SignupFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ type: 'integer', description: 'Counts its changes; `seen` waits for a higher one', example: 3 })
  version: number;
  @Nullable(String, 'Number for people, once the data were sent', { example: 'C-2026-000418' }) number: string | null;
  @ApiProperty({ enum: ['cnpj', 'cpf'], description: 'Whether a company signs up, or a person' }) kind: TaxIdKind;
  @Nullable(String, 'Without its marks; null once the signup has ended, of which nothing more is told', {
    example: '12ABC34501DE35',
  })
  taxId: string | null;
  @ApiProperty({ enum: SIGNUP_STATUSES, description: 'Where it stands' }) status: SignupStatus;
  @ApiProperty({ description: 'What the register of companies was asked' }) lookup: LookupFacts;
  @ApiProperty({ type: CompanyFacts, nullable: true, description: 'What it answered' }) company: CompanyFacts | null;
  @ApiProperty({ type: CorrectionsFacts, nullable: true, description: 'What was written beside it' })
  corrections: CorrectionsFacts | null;
  @Nullable(
    String,
    "The company's legal name as it goes to the customer: the register's where that says that it is active, unless staff have corrected it",
    { example: 'Confeitaria Alvorada Ltda' },
  )
  legalName: string | null;
  @ApiProperty({ type: AdministratorFacts, nullable: true, description: 'Who will manage the access; null until sent' })
  administrator: AdministratorFacts | null;
  @ApiProperty({ type: RefusalFacts, nullable: true, description: 'Why it was refused' }) refusal: RefusalFacts | null;
  @ApiProperty({ enum: SIGNUP_ACTIONS, isArray: true, description: 'What can be done now' }) actions: SignupAction[];
  @Nullable(Date, 'Until when no further mail goes to the address, which has had as many as go to one in a day')
  mailHeldUntil: Date | null;
  @Nullable(Date, 'When the administrators of a company that is registered were asked for access')
  askedAt: Date | null;
  @ApiProperty({ description: 'When it ends by itself' }) expiresAt: Date;
  @ApiProperty() createdAt: Date;
  @Nullable(Date, 'When the data were sent') submittedAt: Date | null;
}

export class SignupResponse extends Single('signup', SignupFacts) {}

export class BegunSignupResponse extends SignupResponse {
  @ApiProperty({ description: 'Opens it, in `x-balcao-signup`; kept by this browser only', example: 'b.mac' })
  token: string;
}

export class SentSignupResponse extends SignupResponse {
  @Nullable(
    String,
    'Opens it from now on, and vouches for the password, where it was sent by the link of its mail; null where it was sent by the browser that began it',
    { example: 'b.mac' },
  )
  token: string | null;
}

export class PendingConfirmationFacts extends AccessFacts {
  @ApiProperty() email: string;
  @ApiProperty({ example: 'Carolina Sampaio' }) name: string;
  @ApiProperty({ description: 'Whether a password has to be chosen, as this is not the browser that typed it' })
  asksPassword: boolean;
}

export class PendingConfirmationResponse extends Single(
  'confirmation',
  PendingConfirmationFacts,
  'What the link is about',
) {}
