import { ApiProperty } from '@nestjs/swagger';
import { LOCALES, SLUG, type Locale } from '@balcao/contracts';
import { OrganizationResponse } from '@balcao/module-directory/http';
import { BooleanField, EmailField, EnumField, TextField, NameField } from '@balcao/platform-http';

export class CreateOrganizationRequest {
  @NameField({ company: true, example: 'Cometa Internet' }) name: string;
  @TextField({
    description: 'Its address: lower-case letters, digits and hyphens; unique in the installation',
    max: 63,
    pattern: SLUG,
    example: 'cometa',
  })
  slug: string;
  @EnumField({ description: 'Language of its mails and pages', values: LOCALES }) locale: Locale;
  @TextField({
    description: 'IANA time zone; that of São Paulo otherwise',
    max: 64,
    pattern: /^[A-Za-z0-9_+/-]+$/,
    optional: true,
    example: 'America/Sao_Paulo',
  })
  timeZone?: string;
  @BooleanField({
    description:
      'Whether it is for trying things out, with a time of its own that somebody moves; so it stays for good',
    optional: true,
    example: false,
  })
  isSandbox?: boolean;
  @EmailField({ description: 'E-mail of its first owner, who is invited', example: 'dona@cometa.example' })
  ownerEmail: string;
  @NameField({ description: 'Name of its first owner', example: 'Dora Cometa' }) ownerName: string;
}

/** To whom the invitation goes: what the operator has just said, and all that is ever told them of it. */
class FirstOwnerFacts {
  @ApiProperty({ example: 'dona@cometa.example' }) email: string;
  @ApiProperty({ example: 'Dora Cometa' }) name: string;
}

export class FoundedOrganizationResponse extends OrganizationResponse {
  @ApiProperty({ description: 'Who was invited to own it' }) owner: FirstOwnerFacts;
}

export class InviteOwnerRequest {
  @EmailField({ description: 'E-mail that the invitation goes to', example: 'dona@cometa.example' }) email: string;
  @NameField({ example: 'Dora Cometa' }) name: string;
}
