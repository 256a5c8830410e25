/** Somebody to invite. */
export interface Invitee {
  email: string;
  name: string;
  roleId?: string;
}

/** Why one of several people cannot be invited. */
export interface InviteeProblem {
  /** Place among the people. */
  index: number;
  field: 'email' | 'roleId';
  code: 'email_taken' | 'invitation_waiting' | 'repeated' | 'domain' | 'notGrantable' | 'role_not_on_portal';
  /** The invitation that waits for an answer. */
  invitationId?: string;
}

/** What is wrong with people by their e-mails alone: each stands once, and at an allowed domain. */
export function addressProblems(people: Invitee[], allowedDomains: string[]): InviteeProblem[] {
  const first = new Map<string, number>();
  return people.flatMap(({ email }, index): InviteeProblem[] => {
    const problem = (code: InviteeProblem['code']): InviteeProblem[] => [{ index, field: 'email', code }];
    if (first.has(email)) return problem('repeated');
    first.set(email, index);
    const domain = email.slice(email.lastIndexOf('@') + 1);
    return allowedDomains.length > 0 && !allowedDomains.includes(domain) ? problem('domain') : [];
  });
}
