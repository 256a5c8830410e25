import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { BalcaoRouteConfig } from '../access/access-rule.js';
import { ERROR_CATALOGUE, type ErrorCode, type Locale } from '@balcao/contracts';

const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;margin:15vh auto;max-width:34rem;padding:0 1.5rem;color-scheme:light dark}' +
  'h1{font-size:1.5rem;line-height:1.3}small{opacity:.7;overflow-wrap:anywhere}';

const WORDS: Record<Locale, { back: string; request: string }> = {
  'pt-BR': { back: 'Ir para o início', request: 'Requisição' },
  'en-US': { back: 'Go to the start', request: 'Request' },
};

/** The page's own style is the only one that it may have. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Whether somebody looks at the answer in a browser's window, and not a program that asked the API. */
export function isSeenByPeople({ method, headers, originalUrl, routeOptions }: FastifyRequest): boolean {
  const reads = method === 'GET' || method === 'HEAD';
  const isOperation = (routeOptions.config as BalcaoRouteConfig | undefined)?.access !== undefined;
  const isApi = isOperation || /^(?:\/o\/[^/?]+)?\/api(?:\/|\?|$)/.test(originalUrl);
  return reads && !isApi && /\btext\/html\b/i.test((headers.accept ?? '').slice(0, 500));
}

/** What a person reads where a program reads a problem document. */
export function errorPage(code: ErrorCode, locale: Locale, { base, requestId }: { base: string; requestId: string }) {
  const text = ERROR_CATALOGUE[code].text[locale];
  const { back, request } = WORDS[locale];
  return {
    type: 'text/html; charset=utf-8',
    policy: POLICY,
    body:
      `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${text}</title>` +
      `<meta name="viewport" content="width=device-width,initial-scale=1"><style>${STYLE}</style></head>` +
      `<body><main><h1>${text}</h1><p><a href="${base}/">${back}</a></p>` +
      `<p><small>${code} · ${request} ${requestId}</small></p></main></body></html>`,
  };
}
