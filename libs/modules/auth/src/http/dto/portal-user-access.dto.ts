import { EmailField, NewPasswordField, TextField, UuidField, NameField } from '@balcao/platform-http';

export class CreatePortalUserRequest {
  @UuidField({ description: 'Billing account that the user belongs to' })
  billingAccountId: string;
  @EmailField({ description: 'E-mail that the user signs in with' })
  email: string;
  @NameField({ description: 'Name', example: 'Ana Ribeiro' })
  name: string;
  @TextField({
    description: 'Username, unique in the organization',
    max: 100,
    pattern: /^[a-z0-9._-]+$/,
    optional: true,
    nullable: true,
    example: 'ana.ribeiro',
  })
  username?: string | null;
  @UuidField({
    description: "Role; the account's or organization's default otherwise",
    optional: true,
  })
  roleId?: string;
  @NewPasswordField({ description: 'First password' }) password: string;
}
