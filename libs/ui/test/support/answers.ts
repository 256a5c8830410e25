/** An answer of the API. */
export const json = (body: unknown, status = 200): Response =>
  new Response(status === 204 ? null : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });

/** A CSV as the API writes it. */
export const csv = (text: string): Response =>
  new Response(text, { headers: { 'content-type': 'text/csv; charset=utf-8' } });

/** A problem document as the API writes it. */
export const problem = (
  status: number,
  code: string,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Response =>
  new Response(JSON.stringify({ status, code, detail: `detail of ${code}`, errors: [], requestId: 'r-1', ...more }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });

/** The only page of a list. */
export const listOf = <Item>(data: Item[]) => ({
  data,
  pagination: { page: 1, limit: 25, total: data.length, totalExact: true },
});
