import type { Page } from '@playwright/test';

/** Asks the API as the person of this page does, by its session: the answer's JSON, or nothing where it has none. */
export async function ask<Answer = unknown>(page: Page, method: string, path: string, body?: object): Promise<Answer> {
  return page.evaluate(
    async ({ method, path, body }) => {
      const csrf = /balcao_(?:portal|staff)_csrf_token=([^;]+)/.exec(document.cookie)?.[1] ?? '';
      const answer = await fetch(path, {
        method,
        headers: { 'content-type': 'application/json', 'x-balcao-csrf': decodeURIComponent(csrf) },
        ...(body && { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (answer.status === 204 ? undefined : await answer.json()) as Answer;
    },
    { method, path, body },
  );
}
