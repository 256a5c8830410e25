import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { askForAnswers } from '../setup/ask-for-answers.js';
import { QUESTIONS, completeAnswers, type SetupAnswers } from '../setup/answers.js';
import { CommandError, command, withApplication } from './command.js';

const usage = `
setup [options]

Makes the first operator, organization and owner of an installation without demo data. In a terminal it asks for what
is not given; passwords are not shown.

${QUESTIONS.map(({ flag, text }) => `  --${flag.padEnd(24)} ${text}`).join('\n')}
  --password-file FILE       The operator's password is FILE's first line, the owner's its second
  --password-stdin           The same lines from the standard input

An owner without a password is invited by mail. Passwords are no options: those stand in the shell's history and in
the list of processes.
`;

const options = {
  ...Object.fromEntries(QUESTIONS.map(({ flag }) => [flag, { type: 'string' as const }])),
  'password-file': { type: 'string' as const },
  'password-stdin': { type: 'boolean' as const },
};

await command({ usage, options }, async (values) => {
  const given = values as Record<string, string | boolean | undefined>;
  const passwords = await passwordsOf(given['password-file'], given['password-stdin']);
  const answers: Partial<SetupAnswers> = { ...passwords };
  for (const { name, flag } of QUESTIONS) if (given[flag] !== undefined) answers[name] = String(given[flag]);
  const asked = process.stdin.isTTY && !given['password-stdin'] ? await askForAnswers(answers) : answers;
  const input = completeAnswers(asked);
  await withApplication('setup', async (app, config) => {
    const { setUp, setupServices } = await import('../setup/set-up.js');
    await setUp(setupServices(app), input);
    const invited = input.ownerPassword === undefined ? `\n${input.ownerEmail} gets an invitation by mail.` : '';
    process.stdout.write(
      `Done. Staff sign in at ${config.publicUrl}/console, customers at ${config.publicUrl}/o/${input.organizationSlug}, operators at ${config.publicUrl}/ops/login${invited}\n`,
    );
  });
});

async function passwordsOf(file: unknown, fromStdin: unknown): Promise<Partial<SetupAnswers>> {
  if (file === undefined && !fromStdin) return {};
  const text = fromStdin
    ? await textOf(process.stdin)
    : await readFile(resolve(process.env['INIT_CWD'] ?? '', String(file)), 'utf8').catch((error: Error) => {
        throw new CommandError(`The file of the passwords cannot be read: ${error.message}`);
      });
  const [operatorPassword = '', ownerPassword = ''] = text.split(/\r?\n/);
  return { operatorPassword, ...(ownerPassword === '' ? {} : { ownerPassword }) };
}
