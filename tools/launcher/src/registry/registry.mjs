// @ts-check
import { createServer } from 'node:http';
import { COMPANIES, factsOf } from './companies.mjs';

/** How long the slow company takes: longer than anybody waits. */
const SLOW_MS = 30_000;

/**
 * A register of companies with the addresses, the shape and the moods of minhareceita.org, over made-up companies. A copy of
 * the same list may be given another mood while it runs.
 *
 * @param {{ companies?: Record<string, import('./companies.mjs').Company>, slowMs?: number }} [options]
 */
export function createRegistry({ companies = COMPANIES, slowMs = SLOW_MS } = {}) {
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://registry');
    /** @param {number} status @param {object} body @param {Record<string, string>} [headers] */
    const answer = (status, body, headers = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    if (request.method !== 'GET') return answer(405, { message: 'Essa URL aceita apenas o método GET.' });
    if (pathname === '/healthz') return answer(200, {});
    if (pathname === '/updated') return answer(200, { message: '2026-11-12' });
    const cnpj = decodeURIComponent(pathname.slice(1)).replace(/[./-]/g, '').toUpperCase();
    if (!/^[A-Z0-9]{12}\d{2}$/.test(cnpj)) return answer(400, { message: `CNPJ ${cnpj} inválido.` });
    const company = companies[cnpj];
    if (!company) return answer(404, { message: `CNPJ ${cnpj} não encontrado.` });
    const facts = factsOf(cnpj, company);
    switch (company.answers) {
      case 'slowly': {
        const timer = setTimeout(() => answer(200, facts), slowMs);
        return response.once('close', () => clearTimeout(timer));
      }
      case 'error':
        return answer(500, { message: 'Erro interno.' });
      case 'limited':
        return answer(429, { message: 'Muitas requisições.' }, { 'retry-after': '5' });
      case 'html':
        return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Manutenção</title>');
      case 'truncated':
        return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(facts).slice(0, 200));
      case 'nulls':
        return answer(200, { ...Object.fromEntries(Object.keys(facts).map((name) => [name, null])), cnpj });
      case 'another':
        return answer(200, { ...facts, cnpj: '90001000000107' });
      case 'redirect':
        return answer(302, {}, { location: `/90001000000107` });
      default:
        return answer(200, facts);
    }
  });
}
