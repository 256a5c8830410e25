import { setImmediate } from 'node:timers/promises';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { FIELD_ERRORS, fieldErrorText, type FieldErrorCode, type Locale } from '@balcao/contracts';
import { refusedField } from '@balcao/platform-errors';
import { csvRows } from '@balcao/csv';
import type { ListedPerson } from '../invitations/imports/import-rows.js';
import { MOST_LINES } from '../invitations/imports/invitation-import.service.js';
import { InviteeRequest } from './dto/invitation.dto.js';

/** What is kept of a cell that nobody could use anyway. */
const LONGEST_CELL = 320;
const LONGEST_NAME = 255;
/** Lines that are judged in one turn: a name may take a millisecond. */
const LINES_AT_ONCE = 20;

/**
 * The lines of an import, each judged as the request to invite one person would be. Others have their turn between them.
 * @throws DomainError validation_failed for no line, too many, headings that are others, or quotes that do not close
 */
export async function readListedPeople(text: string): Promise<ListedPerson[]> {
  const rows = csvRows(text, MOST_LINES + 2);
  if (!rows) throw refusedField('people', 'openQuote');
  const [headings = [], ...lines] = rows;
  if (['line', 'name', 'email'].some((name) => !headings.includes(name))) throw refusedField('people', 'required');
  if (lines.length === 0) throw refusedField('people', 'arrayMinSize', { min: 1 });
  if (lines.length > MOST_LINES) throw refusedField('people', 'arrayMaxSize', { max: MOST_LINES });
  const people: ListedPerson[] = [];
  for (const cells of lines) {
    if (people.length > 0 && people.length % LINES_AT_ONCE === 0) await setImmediate();
    people.push(personIn((heading) => cells[headings.indexOf(heading)] ?? '', people.length + 1));
  }
  return people;
}

function personIn(cellOf: (heading: string) => string, place: number): ListedPerson {
  const person = plainToInstance(InviteeRequest, { name: cellOf('name'), email: cellOf('email') });
  const kept = (text: string) => text.slice(0, LONGEST_CELL).toWellFormed();
  const [line, problem] = [cellOf('line'), cellOf('problem')];
  return {
    line: /^\d{1,6}$/.test(line) ? Number(line) : place,
    name: kept(person.name),
    email: kept(person.email),
    role: kept(cellOf('role').trim()),
    problem: isCode(problem) ? problem : problemOf(person),
  };
}

const isCode = (text: string): text is FieldErrorCode => Object.hasOwn(FIELD_ERRORS, text);

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
