import { expect } from '@playwright/test';
import { MAILBOX_URL } from './addresses.js';

interface Mail {
  ID: string;
  Subject: string;
  To: { Address: string }[];
}

/** The newest mail to an address whose subject fits, waited for. */
export async function mailTo(address: string, subject: RegExp): Promise<{ text: string; html: string }> {
  let found: Mail | undefined;
  await expect
    .poll(
      async () => {
        const { messages } = (await (await fetch(`${MAILBOX_URL}/api/v1/messages`)).json()) as { messages: Mail[] };
        found = messages.find((mail) => mail.To.some((to) => to.Address === address) && subject.test(mail.Subject));
        return found !== undefined;
      },
      { message: `a mail to ${address} about ${subject}`, timeout: 20_000 },
    )
    .toBe(true);
  const mail = (await (await fetch(`${MAILBOX_URL}/api/v1/message/${found!.ID}`)).json()) as {
    Text: string;
    HTML: string;
  };
  return { text: mail.Text, html: mail.HTML };
}

/** The address behind a mail's button. */
export function linkIn(mail: { text: string }, page: string): string {
  const link = mail.text.match(/https?:\/\/[^\s<>"]+/g)?.find((candidate) => candidate.includes(page));
  if (!link) throw new Error(`No link to ${page} in the mail`);
  return link;
}
