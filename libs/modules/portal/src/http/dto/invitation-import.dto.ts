import { ApiProperty, PickType } from '@nestjs/swagger';
import { ReferenceResponse } from '@balcao/module-directory/http';
import { ListOf, Nullable, Single, TextField, UuidField } from '@balcao/platform-http';
import { IMPORT_STATUSES, MOST_LINES, type ImportStatus } from '../../invitations/imports/invitation-import.service.js';
import { CreateInvitationRequest } from './invitation.dto.js';

/** Below what one body may hold. */
const LONGEST_LIST = 200_000;

export class CreateInvitationImportRequest extends PickType(CreateInvitationRequest, ['billingAccountId', 'portalId']) {
  @UuidField({
    description: "Role of those whose line names none; the account's or organization's default otherwise",
    optional: true,
  })
  roleId?: string;

  @TextField({
    description:
      `CSV (RFC 4180) with the headings line, name, email and, if any, role (by name) and problem, of at most ${MOST_LINES} people; ` +
      '`line` is where a person stands in the list that people know, and `problem` the code by which a reader of that list refused it',
    max: LONGEST_LIST,
    verbatim: true,
    example: 'line,name,email,role\r\n2,Ana Ribeiro,ana@padaria.example,',
  })
  people: string;
}

export class InvitationImportItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: IMPORT_STATUSES, description: 'Whether lines are still being invited' }) status: ImportStatus;
  @ApiProperty() billingAccount: ReferenceResponse;
  @ApiProperty({ type: 'integer', description: 'How many the list has', example: 120 }) lines: number;
  @ApiProperty({ type: 'integer', description: 'Who was invited', example: 100 }) invited: number;
  @ApiProperty({ type: 'integer', description: 'Who had access or an invitation already', example: 15 }) known: number;
  @ApiProperty({ type: 'integer', description: 'Lines that cannot be invited as they are', example: 5 })
  refused: number;
  @ApiProperty({ description: 'Who sent it', example: 'Helena Prado' }) createdByName: string;
  @ApiProperty() createdAt: Date;
  @Nullable(Date, 'When the last line was done; null while it is running') finishedAt: Date | null;
}

export class InvitationImportResponse extends Single('import', InvitationImportItem) {}

export class RefusedLineItem {
  @ApiProperty({ type: 'integer', description: 'Place in the list, from 1', example: 7 }) line: number;
  @ApiProperty({ description: 'As the list has it' }) name: string;
  @ApiProperty({ description: 'As the list has it' }) email: string;
  @ApiProperty({ description: 'What the list calls the role; empty for none', example: '' }) role: string;
  @ApiProperty({ description: 'Code of what is wrong, as of a field', example: 'isEmail' }) code: string;
  @ApiProperty({
    description: 'The same in plain words',
    example: 'Falta algo neste e-mail. O formato é nome@empresa.com.br.',
  })
  message: string;
}

export class RefusedLinesResponse extends ListOf(RefusedLineItem) {}
