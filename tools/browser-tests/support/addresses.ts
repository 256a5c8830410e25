/** Ports of the product under test, away from those of a running one. */
export const API_PORT = 3900;
export const WORKER_PORT = 3901;
export const MAILBOX_PORT = 3925;
export const MAILBOX_SMTP_PORT = 3926;

export const MAILBOX_URL = `http://127.0.0.1:${MAILBOX_PORT}`;
export const DEMO_PASSWORD = 'balcao-demo-2026';
