import { folded, type FieldErrorCode } from '@balcao/contracts';

/** One line of a list of people, as it was read. */
export interface ListedPerson {
  /** Place in the list, from 1, as an editor or a spreadsheet counts. */
  line: number;
  name: string;
  email: string;
  /** What the role is called; empty for none. */
  role: string;
  /** Why it cannot be anybody. */
  problem?: FieldErrorCode;
}

export type RowStatus = 'waiting' | 'invited' | 'known' | 'refused';

export interface ImportRow extends ListedPerson {
  roleId?: string;
  status: RowStatus;
}

/** Who has what the list would give them is no mistake of the list. */
const KNOWN: ReadonlySet<FieldErrorCode> = new Set(['email_taken', 'invitation_waiting']);

export const statusFor = (problem: FieldErrorCode): RowStatus => (KNOWN.has(problem) ? 'known' : 'refused');

/** Gives each line its role by name, the list's own where it says none; a name that no role has is a problem. */
export function withRoles(
  people: readonly ListedPerson[],
  roles: readonly { id: string; name: string }[],
  otherwise?: string,
): ImportRow[] {
  const byName = new Map(roles.map(({ id, name }) => [folded(name), id]));
  return people.map((person) => {
    const roleId = person.role ? byName.get(folded(person.role.trim())) : otherwise;
    const problem = person.problem ?? (person.role && !roleId ? 'isRole' : undefined);
    return { ...person, roleId, problem, status: problem ? statusFor(problem) : 'waiting' };
  });
}
