// @ts-check
// The local mailbox as a process of its own: node server.mjs <folder> <smtp port> <page port> <host>
import { once } from 'node:events';
import { MailStore } from './mail-store.mjs';
import { createSmtpServer } from './smtp.mjs';
import { createWebServer } from './web.mjs';

const [folder = '', smtpPort = '1025', webPort = '8025', host = '127.0.0.1'] = process.argv.slice(2);

const store = new MailStore(folder);
await store.open();
const smtp = createSmtpServer(store);
const web = await createWebServer(store, { hosts: [host] });
smtp.on('error', fail);
web.on('error', fail);
smtp.listen(Number(smtpPort), host);
web.listen(Number(webPort), host);
await Promise.all([once(smtp.server, 'listening'), once(web, 'listening')]);
console.log(`Mailbox ready: SMTP ${host}:${smtpPort}, page http://${host}:${webPort}`);

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => process.exit(0));

/** @param {Error} error */
function fail(error) {
  // A client that hangs up in the middle is its own affair; a port that cannot be had is ours.
  if ('syscall' in error && error.syscall === 'listen') {
    console.error(error.message);
    process.exit(1);
  }
}
