import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestMailbox, testConfig } from '@balcao/platform-testing';
import { SmtpSender } from './smtp-sender.js';

describe('the way to the mail server', () => {
  let mailbox: TestMailbox;
  beforeAll(async () => (mailbox = await TestMailbox.start()));
  afterAll(() => mailbox.stop());

  async function send(smtpUrl: string): Promise<void> {
    const sender = new SmtpSender(testConfig({ databaseUrl: 'postgres://nowhere', smtpUrl }));
    const to = { email: 'ana@padaria.example', name: null };
    try {
      await sender.send({ mailId: 'x', to, senderName: 'Aurora', subject: 's', html: '<p>h</p>', text: 't' });
    } finally {
      sender.onApplicationShutdown();
    }
  }

  it('may be in clear on the machine itself', async () => {
    await send(mailbox.smtpUrl);
  });

  // No address of the machine itself by its look, though it leads there.
  const elsewhere = () => mailbox.smtpUrl.replace('127.0.0.1', '0.0.0.0');

  it('is encrypted to every other, or the mail does not go', async () => {
    await expect(send(elsewhere())).rejects.toThrow(/STARTTLS/i);
  });

  it('is in clear where the address says so', async () => {
    await send(`${elsewhere()}?requireTLS=false`);
  });
});
