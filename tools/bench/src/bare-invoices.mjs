// @ts-check
// The invoices' half of the yardstick: the product's own statements and its own words for their rows, and nothing between them.
import pg from 'pg';

const DTO = new URL('../../../libs/modules/billing/dist/http/dto/', import.meta.url);

/**
 * @param {import('fastify').FastifyInstance} server
 * @param {pg.Pool} pool
 * @param {import('./invoices.mjs').InvoiceStatements} statements
 */
export async function answerInvoices(server, pool, statements) {
  const { invoiceFacts, invoiceItem } = await import(new URL('invoice.dto.js', DTO).href);
  const { statement } = await import(new URL('ledger.dto.js', DTO).href);
  const { today, period, token } = statements;
  const path = '/o/:slug/api/v1/portal';

  /**
   * @param {'list' | 'detail' | 'statement'} name
   * @param {string} [id] where a value is missing
   * @returns {Promise<any[][]>} the rows of each statement
   */
  async function ask(name, id) {
    const client = await pool.connect();
    try {
      const results = statements[name].map(({ text, values }, place) =>
        client.query({ name: `invoices-${name}-${place}`, text, values: values.map((value) => value ?? id) }),
      );
      return (await Promise.all(results)).map(({ rows }) => rows);
    } finally {
      client.release();
    }
  }

  server.addHook('onRequest', async (request, reply) => {
    const isOurs = /\/portal\/(?:invoices|statement)/.test(request.url);
    if (isOurs && request.headers.authorization !== `Bearer ${token}`) return reply.code(401).send();
  });

  server.get(`${path}/invoices`, async () => {
    const [rows = []] = await ask('list');
    const page = rows.slice(0, 50);
    const counted = rows[0]?.counted ?? 0;
    const last = page.at(-1);
    return {
      data: page.map((row) => invoiceItem(row, today)),
      pagination: {
        page: 1,
        limit: 50,
        total: Math.min(counted, 1000),
        totalExact: counted <= 1000,
        nextCursor: Buffer.from(JSON.stringify(['-dueOn', last.dueOn, last.id])).toString('base64url'),
      },
    };
  });

  server.get(`${path}/invoices/:id`, async (request, reply) => {
    const { id } = /** @type {{ id: string }} */ (request.params);
    const [[invoice] = [], lines, settlements, creditNotes, fiscalNotes, history] = await ask('detail', id);
    if (invoice === undefined) return reply.code(404).send();
    return { invoice: invoiceFacts({ ...invoice, lines, settlements, creditNotes, fiscalNotes, history }, today) };
  });

  server.get(`${path}/statement`, async () => {
    const [[account] = [], [sums] = [], rows = [], ageing] = await ask('statement');
    let balance = sums.opening;
    const lines = rows.map((row) => {
      balance += row.side === 'debit' ? row.amount : -row.amount;
      return { ...row, balance };
    });
    return statement({ ...period, ...sums, rows: lines, isCut: false, billingAccountName: account.name, ageing });
  });
}

/** As the product reads them: days are texts, and amounts whole numbers of any size. */
export function readAmountsAndDays() {
  pg.types.setTypeParser(pg.types.builtins.DATE, String);
  pg.types.setTypeParser(pg.types.builtins.INT8, BigInt);
}
