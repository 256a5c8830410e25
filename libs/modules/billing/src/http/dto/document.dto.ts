import { ApiProperty } from '@nestjs/swagger';
import { LOCALES, type Locale } from '@balcao/contracts';
import { EnumField } from '@balcao/platform-http';
import { StatementQuery } from './ledger.dto.js';

const LanguageField = () =>
  EnumField({
    description: 'Language of the document; that of the request where absent',
    values: LOCALES,
    optional: true,
  });

export class DocumentQuery {
  @LanguageField() locale?: Locale;
}

export class StatementDocumentQuery extends StatementQuery {
  @LanguageField() locale?: Locale;
}

export class DocumentAddress {
  @ApiProperty({
    description: 'Path on this host that answers the PDF as a file to keep; good for one minute',
    example: '/files/billing-documents/…',
  })
  url: string;
  @ApiProperty({ description: 'Name under which it is kept', example: 'F-2026-000123.pdf' }) name: string;
  @ApiProperty({ type: 'integer', description: 'Size of the file', example: 48_213 }) bytes: number;
}

export class DocumentResponse {
  @ApiProperty({
    type: DocumentAddress,
    nullable: true,
    description: 'Null where it was not made yet: ask for it first',
  })
  document: DocumentAddress | null;
}

export class DocumentState {
  @ApiProperty({
    description:
      'Whether it is there already; else pages hear `invoice.updated`, or of a statement `statement.drawn`, when it is',
  })
  isReady: boolean;
}
