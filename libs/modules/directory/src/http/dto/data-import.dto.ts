import { ApiProperty } from '@nestjs/swagger';
import { fieldErrorText, type Locale } from '@balcao/contracts';
import { EnumField, Nullable, PageQuery, TextField } from '@balcao/platform-http';
import {
  IMPORT_ROW_STATUSES,
  IMPORT_STATUSES,
  type DataImport,
  type DataImportRow,
  type DataImportStatus,
  type ImportRowStatus,
} from '../../imports/data-import.service.js';
import { MOST_IMPORTED } from '../../imports/import-table.js';

/** Largest file that is taken, in bytes: ten thousand rows with room to spare. */
export const LARGEST_IMPORT = 5 * 1_024 * 1_024;

export const FILE_WORDS =
  `CSV of at most ${MOST_IMPORTED} rows and 5 MB, parted by semicolons, commas or tabs, in UTF-8, UTF-16 or Windows-1252; ` +
  'the headings may be Portuguese or English';

export class ImportFileQuery {
  @TextField({ description: 'What the file is called', max: 255, example: 'clientes.csv' }) fileName: string;
}

export class ImportRowsQuery extends PageQuery {
  @EnumField({ description: 'Only those that are so', values: IMPORT_ROW_STATUSES, optional: true })
  status?: ImportRowStatus;
}

/** How far an import has come, in rows. */
export class DataImportItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({
    enum: IMPORT_STATUSES,
    description: 'A `checked` one waits for somebody to start it; a `running` one is being written',
  })
  status: DataImportStatus;
  @ApiProperty({ description: 'What the file is called', example: 'clientes.csv' }) fileName: string;
  @ApiProperty({ type: 'integer', description: 'Rows of the file', example: 120 }) rows: number;
  @ApiProperty({ type: 'integer', description: 'What is still to be written', example: 0 }) waiting: number;
  @ApiProperty({ type: 'integer', description: 'What was added', example: 100 }) created: number;
  @ApiProperty({ type: 'integer', description: 'What was here and was changed', example: 10 }) updated: number;
  @ApiProperty({ type: 'integer', description: 'What is here already, and was left as it is', example: 5 })
  known: number;
  @ApiProperty({ type: 'integer', description: 'What cannot be imported as it is', example: 5 }) refused: number;
  @ApiProperty({ description: 'Who brought it', example: 'Helena Prado' }) createdByName: string;
  @ApiProperty() createdAt: Date;
  @Nullable(Date, 'When the last row was done; null before') finishedAt: Date | null;
}

/** A row, with what becomes of it. */
export class ImportRowItem {
  @ApiProperty({ type: 'integer', description: 'Place in the file, from 1', example: 7 }) line: number;
  @ApiProperty({ description: 'Name of the customer, or number of the invoice', example: 'Padaria Estrela' })
  title: string;
  @ApiProperty({ description: 'What else tells which one it is', example: '12ABC34501DE35' }) detail: string;
  @ApiProperty({ enum: IMPORT_ROW_STATUSES, description: 'What became of it' }) status: ImportRowStatus;
  @ApiProperty({
    enum: ['create', 'update'],
    nullable: true,
    description: 'What it is about to become, or was when it was checked; null where nothing is written',
  })
  plan: 'create' | 'update' | null;
  @Nullable(String, 'Code of what is wrong, as of a field; null where nothing is', { example: 'isTaxId' })
  code: string | null;
  @Nullable(String, 'The same in plain words, behind the column in which it is', {
    example: 'CNPJ: Os números não conferem. Veja no cartão do CNPJ ou no CPF.',
  })
  message: string | null;
}

export function dataImportItem({ lines, ...all }: DataImport): DataImportItem {
  const { options: _options, headings: _headings, summary: _summary, ...facts } = all;
  return { ...facts, rows: lines };
}

export function importRowItem(row: DataImportRow, locale: Locale): ImportRowItem {
  const { line, title, detail, status, plan, problem } = row;
  return { line, title, detail, status, plan, code: problem, message: rowProblemText(row, locale) };
}

/** What is wrong with a row, for the person whose file it is; null where nothing is. */
export function rowProblemText(
  { problem, heading }: Pick<DataImportRow, 'problem' | 'heading'>,
  locale: Locale,
): string | null {
  if (!problem) return null;
  const text = fieldErrorText(problem, locale, { max: LONGEST_TEXT });
  return heading ? `${heading}: ${text}` : text;
}

/** Of the texts of customers and invoices. */
const LONGEST_TEXT = 255;

/** Rows that were refused as they are written to a file: with their cells, their place and the reason. */
export const REFUSED_HEADINGS: Record<Locale, [line: string, reason: string]> = {
  'pt-BR': ['Linha', 'Motivo'],
  'en-US': ['Row', 'Reason'],
};
