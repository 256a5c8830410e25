import type { Readable, Writable } from 'node:stream';
import { isCancel, password, text } from '@clack/prompts';
import { QUESTIONS, refusePassword, type SetupAnswers } from './answers.js';

/** Asks in a terminal for what is not given yet; passwords are not shown. @throws Error when the person gives up */
export async function askForAnswers(
  given: Partial<SetupAnswers>,
  terminal: { input?: Readable; output?: Writable } = {},
): Promise<Partial<SetupAnswers>> {
  const answers = { ...given };
  for (const { name, text: message, refuse } of QUESTIONS) {
    answers[name] ??= answerOf(
      await text({ ...terminal, message, validate: (answer) => refuse((answer ?? '').trim()) }),
    );
  }
  const askPassword = async (message: string, refuse: (answer: string) => string | undefined) =>
    answerOf(await password({ ...terminal, message, validate: (answer) => refuse(answer ?? '') }));
  answers.operatorPassword ??= await askPassword("Operator's password (at least 8 characters)", refusePassword);
  if (given.operatorPassword === undefined) {
    const optional = (answer: string) => (answer === '' ? undefined : refusePassword(answer));
    const ownerPassword = await askPassword("Owner's password (empty: an invitation by mail)", optional);
    if (ownerPassword !== '') answers.ownerPassword = ownerPassword;
  }
  return answers;
}

function answerOf(answer: string | symbol): string {
  if (isCancel(answer)) throw new Error('Nothing was set up.');
  // An empty line is answered as undefined.
  return (answer as string | undefined) ?? '';
}
