export { renderMail, type RenderedMail } from './layout/render-mail.js';
export { MailWorkerModule } from './worker/mail-worker.module.js';
