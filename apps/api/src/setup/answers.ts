import { SLUG, emailAddress } from '@balcao/contracts';

/** What an installation is set up with. */
export interface SetupAnswers {
  operatorEmail: string;
  operatorPassword: string;
  organizationName: string;
  organizationSlug: string;
  ownerName: string;
  ownerEmail: string;
  /** Without it the owner is invited by mail. */
  ownerPassword?: string;
}

type Question = {
  name: keyof SetupAnswers;
  flag: string;
  text: string;
  refuse: (answer: string) => string | undefined;
};

const refuseEmail = (answer: string) =>
  emailAddress(answer) === undefined ? `“${answer}” is no e-mail address such as ana@example.com` : undefined;
const refuseEmpty = (answer: string) => (answer.trim() === '' ? 'It needs at least one character' : undefined);

/** What is asked and may be given as an option, in order. */
export const QUESTIONS: Question[] = [
  { name: 'operatorEmail', flag: 'operator-email', text: 'E-mail of the platform operator', refuse: refuseEmail },
  { name: 'organizationName', flag: 'organization-name', text: 'Name of the organization', refuse: refuseEmpty },
  {
    name: 'organizationSlug',
    flag: 'organization-slug',
    text: 'Its address: lower-case letters, digits, hyphens',
    refuse: (answer) =>
      SLUG.test(answer) ? undefined : 'The address may have lower-case letters, digits and hyphens, at most 63',
  },
  { name: 'ownerName', flag: 'owner-name', text: "Owner's name", refuse: refuseEmpty },
  { name: 'ownerEmail', flag: 'owner-email', text: "Owner's e-mail", refuse: refuseEmail },
];

const SHORTEST_PASSWORD = 8;

/** Why a password cannot be one, or undefined. */
export function refusePassword(password: string): string | undefined {
  return password.length < SHORTEST_PASSWORD
    ? `A password must have at least ${SHORTEST_PASSWORD} characters`
    : undefined;
}

/** Answers without the blanks around them. @throws Error naming everything that is missing or cannot be used */
export function completeAnswers(given: Partial<SetupAnswers>): SetupAnswers {
  const answers = { ...given };
  const problems: string[] = [];
  for (const { name, flag, text, refuse } of QUESTIONS) {
    const answer = (answers[name] ?? '').trim();
    answers[name] = answer;
    const problem = given[name] === undefined ? `missing (${text})` : refuse(answer);
    if (problem !== undefined) problems.push(`--${flag}: ${problem}`);
  }
  if (answers.operatorPassword === undefined)
    problems.push("--password-file or --password-stdin: missing (the operator's password)");
  for (const [whose, password] of [
    ["The operator's password", answers.operatorPassword],
    ["The owner's password", answers.ownerPassword],
  ]) {
    const problem = password === undefined ? undefined : refusePassword(password);
    if (problem !== undefined) problems.push(`${whose}: ${problem}`);
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return answers as SetupAnswers;
}
