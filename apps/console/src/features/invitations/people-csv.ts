import { emailProblem } from '@balcao/ui';

/** As many as the API takes at once. */
export const MOST_PEOPLE = 200;

export type LineProblem = 'name' | 'longName' | 'email' | 'repeated' | 'role';

/** One person as a line of the list has it. */
export interface PersonLine {
  /** Place in the list, from 1, as an editor or a spreadsheet counts. */
  line: number;
  name: string;
  email: string;
  /** The role's name as it was written; empty for the default. */
  role: string;
  roleId?: string;
  problem?: LineProblem;
}

interface NamedRole {
  id: string;
  name: string;
}

const HEADINGS = ['nome', 'name', 'e-mail', 'email', 'papel', 'role', 'mail'];
const LONGEST_NAME = 255;
const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .trim()
    .toLowerCase();

/**
 * Reads a list of people: name, e-mail and, if any, role. The separator may be a comma, semicolon or tab; the e-mail is
 * known by its @, so that the first two columns may stand in either order; a line of headings is passed over.
 */
export async function readPeople(text: string, roles: readonly NamedRole[]): Promise<PersonLine[]> {
  const { default: papa } = await import('papaparse');
  const { data } = papa.parse<string[]>(text.trimEnd(), { delimitersToGuess: [',', ';', '\t'] });
  const seen = new Set<string>();
  return data.flatMap((cells, index): PersonLine[] => {
    const values = cells.map((cell) => cell.trim());
    const filled = values.filter(Boolean);
    if (filled.length === 0 || (index === 0 && filled.every((value) => HEADINGS.includes(folded(value))))) return [];
    const place = values.findIndex((value) => value.includes('@'));
    const [name = '', role = ''] = values.filter((_, column) => column !== (place < 0 ? 1 : place));
    const email = (values[place < 0 ? 1 : place] ?? '').toLowerCase();
    const roleId = roles.find((candidate) => folded(candidate.name) === folded(role))?.id;
    const problem = problemOf({ name, email, role, roleId }, seen);
    seen.add(email);
    return [{ line: index + 1, name, email, role, roleId, problem }];
  });
}

function problemOf(
  { name, email, role, roleId }: Omit<PersonLine, 'line'>,
  seen: ReadonlySet<string>,
): LineProblem | undefined {
  if (emailProblem(email)) return 'email';
  if (seen.has(email)) return 'repeated';
  if (!name) return 'name';
  if (name.length > LONGEST_NAME) return 'longName';
  return role && !roleId ? 'role' : undefined;
}

/** The list again, with only these lines. */
export async function writePeople(people: readonly PersonLine[]): Promise<string> {
  const { default: papa } = await import('papaparse');
  return papa.unparse(people.map(({ name, email, role }) => (role ? [name, email, role] : [name, email])));
}

/** Text of a file: spreadsheets still save Windows' own encoding where a file is not UTF-8. */
export async function textOf(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
