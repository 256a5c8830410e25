// @ts-check
import { SMTPServer } from 'smtp-server';

const MAX_MESSAGE_BYTES = 25 * 1024 * 1024;

/**
 * An SMTP server that keeps whatever it is given and relays nothing. Any sign-in is accepted, none is needed.
 * @param {{ add: (raw: Buffer, recipients: string[]) => Promise<{ ID: string }> }} store
 * @returns {SMTPServer}
 */
export function createSmtpServer(store) {
  return new SMTPServer({
    name: 'localhost',
    banner: 'Balcão local mailbox',
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: MAX_MESSAGE_BYTES,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anyone' }),
    onData: (stream, session, done) => {
      /** @type {Buffer[]} */
      const chunks = [];
      stream.on('data', (/** @type {Buffer} */ chunk) => stream.sizeExceeded || chunks.push(chunk));
      stream.once('error', done);
      stream.once('end', () => {
        if (stream.sizeExceeded) {
          done(Object.assign(new Error('The message is too large'), { responseCode: 552 }));
          return;
        }
        const recipients = session.envelope.rcptTo.map((recipient) => recipient.address);
        store.add(Buffer.concat(chunks), recipients).then(
          (mail) => done(null, `Kept as ${mail.ID}`),
          (error) => done(error instanceof Error ? error : new Error(String(error))),
        );
      });
    },
  });
}
