import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import papa from 'papaparse';
import { FIELD_ERRORS, fieldErrorText, type FieldErrorCode, type Locale } from '@balcao/contracts';
import { refusedField } from '@balcao/platform-errors';
import type { ListedPerson } from '../invitations/imports/import-rows.js';
import { MOST_LINES } from '../invitations/imports/invitation-import.service.js';
import { InviteeRequest } from './dto/invitation.dto.js';

/** What is kept of a cell that nobody could use anyway. */
const LONGEST_CELL = 320;
const LONGEST_NAME = 255;

/**
 * The lines of an import, each judged as the request to invite one person would be.
 * @throws DomainError validation_failed for no line, too many, or headings that are others
 */
export function readListedPeople(text: string): ListedPerson[] {
  const { data, meta } = papa.parse<Record<string, string>>(text, {
    header: true,
    delimiter: ',',
    skipEmptyLines: true,
    preview: MOST_LINES + 1,
  });
  const missing = ['line', 'name', 'email'].filter((name) => !meta.fields?.includes(name));
  if (missing.length > 0) throw refusedField('people', 'required');
  if (data.length === 0) throw refusedField('people', 'arrayMinSize', { min: 1 });
  if (data.length > MOST_LINES) throw refusedField('people', 'arrayMaxSize', { max: MOST_LINES });
  return data.map(({ line, name = '', email = '', role = '', problem }, index) => {
    const person = plainToInstance(InviteeRequest, { name, email });
    const cell = (value: string) => value.slice(0, LONGEST_CELL).toWellFormed();
    return {
      line: /^\d{1,6}$/.test(line ?? '') ? Number(line) : index + 1,
      name: cell(person.name),
      email: cell(person.email),
      role: cell(role.trim()),
      problem: isCode(problem) ? problem : problemOf(person),
    };
  });
}

const isCode = (text: string | undefined): text is FieldErrorCode =>
  Boolean(text) && Object.hasOwn(FIELD_ERRORS, text!);

function problemOf(person: InviteeRequest): FieldErrorCode | undefined {
  const [error] = validateSync(person, { stopAtFirstError: true }).sort((a) => (a.property === 'email' ? -1 : 1));
  if (!error) return undefined;
  if (error.property === 'email') return 'isEmail';
  const [code] = Object.keys(error.constraints ?? {}) as FieldErrorCode[];
  return code === 'minLength' ? 'required' : code;
}

/** What is wrong with a line, for the person who wrote it. */
export const lineErrorText = (code: FieldErrorCode, locale: Locale): string =>
  fieldErrorText(code, locale, { max: LONGEST_NAME });
