import { vi } from 'vitest';

/** What the API got. */
export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  headers: Headers;
}

type Answer = (call: Call) => Response | Promise<Response>;
/** Answers by method and path: `'GET tickets'`. */
export type Api = Record<string, Answer>;

let open = 0;

/** Answers that came and have not been read to their end. */
export const openAnswers = (): number => open;

function counted(answer: Response): Response {
  if (answer.status === 204) return answer;
  const [json, text, blob] = [answer.json.bind(answer), answer.text.bind(answer), answer.blob.bind(answer)];
  open++;
  answer.json = () => json().finally(() => open--);
  answer.text = () => text().finally(() => open--);
  answer.blob = () => blob().finally(() => open--);
  return answer;
}

/**
 * Replaces the network at its edge; `pathOf` gives an address the name it is answered by. A request without an answer
 * fails.
 */
export function replaceNetwork(api: Api, pathOf: (url: URL) => string) {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const url = new URL(input, location.origin);
    const call: Call = {
      method: init.method ?? 'GET',
      path: pathOf(url),
      query: url.searchParams,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      headers: new Headers(init.headers),
    };
    const answer = api[`${call.method} ${call.path}`];
    if (!answer) throw new Error(`No answer for ${call.method} ${call.path}`);
    calls.push(call);
    return counted(await answer(call));
  });
  return { calls, called: (name: string) => calls.filter(({ method, path }) => `${method} ${path}` === name) };
}
