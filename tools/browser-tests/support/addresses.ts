/** Ports of the product under test, away from those of a running one; BROWSER_TEST_PORT moves them for a second run. */
export const API_PORT = Number(process.env.BROWSER_TEST_PORT ?? 3900);
export const WORKER_PORT = API_PORT + 1;
export const MAILBOX_PORT = API_PORT + 2;
export const MAILBOX_SMTP_PORT = API_PORT + 3;
export const REGISTRY_PORT = API_PORT + 4;

export const MAILBOX_URL = `http://127.0.0.1:${MAILBOX_PORT}`;
export const DEMO_PASSWORD = 'balcao-demo-2026';
