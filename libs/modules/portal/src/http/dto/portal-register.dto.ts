import { ApiProperty } from '@nestjs/swagger';
import { LONGEST_SLUG, MOST_SHUT_OUT, SLUG } from '@balcao/contracts';
import { NameField, TextField, UuidField, UuidListField, VersionField } from '@balcao/platform-http';

const SlugField = () =>
  TextField({
    description: 'Its address: lower-case letters, digits and hyphens; unique in the installation',
    max: LONGEST_SLUG,
    pattern: SLUG,
    example: 'aurora-empresas',
  });
const RolesField = (optional: boolean) =>
  UuidListField({ description: 'Roles whose people come in; none lets every role in', maxItems: 100, optional });

export class CreatePortalRequest {
  @NameField({ company: true, example: 'Aurora Empresas' }) name: string;
  @SlugField() slug: string;
  @UuidField({ description: 'Portal whose look it begins with', optional: true }) lookOf?: string;
  @RolesField(true) roleIds?: string[];
}

export class PortalSlugRequest {
  @VersionField(undefined, 'a later change of the slug') version: number;
  @SlugField() slug: string;
}

export class PortalRolesRequest {
  @VersionField(undefined, 'a later change of the roles') version: number;
  @RolesField(false) roleIds: string[];
}

export class ShutOutRequest {
  @RolesField(false) roleIds: string[];
}

export class CheckPortalSlugRequest {
  @SlugField() slug: string;
  @UuidField({ description: 'Portal that asks; its own earlier slugs are free for it', optional: true })
  portalId?: string;
}

export class PortalSlugResponse {
  @ApiProperty({ example: 'aurora-empresas' }) slug: string;
  @ApiProperty({ description: 'Whether no portal has it, or had it in the last 90 days' }) isFree: boolean;
}

class ShutOutPerson {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty({ example: 'Padaria Estrela', description: 'Their customer' }) accountName: string;
  @ApiProperty({ example: 'Colaboração', description: 'Their role' }) roleName: string;
}

export class ShutOutResponse {
  @ApiProperty({
    type: 'integer',
    example: 12,
    maximum: MOST_SHUT_OUT,
    description: `People who come in today and would not; ${MOST_SHUT_OUT} stands for as many or more`,
  })
  total: number;
  @ApiProperty({ description: 'The first five of them, by name', type: () => [ShutOutPerson] }) people: ShutOutPerson[];
}
