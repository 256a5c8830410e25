import { Get, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AudienceController,
  CacheControl,
  Operation,
  PortalCtx,
  RequirePortalPermission,
  SendsFile,
  Summary,
  UuidParam,
  Versioned,
  VersionedAnswer,
  money,
  pageOf,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { BillingExporter } from '../billing-exporter.service.js';
import { BillingReader } from '../billing-reader.service.js';
import { invoicesFile } from './billing-files.js';
import { InvoiceItem, invoiceFacts, invoiceItem } from './dto/invoice.dto.js';
import {
  PortalBillingOverviewResponse,
  PortalInvoiceListQuery,
  PortalInvoiceResponse,
} from './dto/portal-invoice.dto.js';

const BRIEFLY_CACHED = 'private, max-age=15, stale-while-revalidate=90';
/** Of what is due, so many stand on the home page. */
const MOST_SHOWN = 5;

@AudienceController('portal', 'api/v1/portal/invoices', 'Portal: invoices', 'billing')
export class PortalInvoicesController {
  constructor(
    private readonly billing: BillingReader,
    private readonly exporter: BillingExporter,
  ) {}

  @Get()
  @RequirePortalPermission('invoices:read')
  @CacheControl(BRIEFLY_CACHED)
  @Operation('portalListInvoices', [InvoiceItem])
  @Summary("The account's invoices, the latest due first")
  async list(
    @PortalCtx() context: PortalContext,
    @Query() query: PortalInvoiceListQuery,
    @Versioned() answer: VersionedAnswer,
  ) {
    const today = this.billing.today(context);
    const page = await answer.of(
      () => this.billing.version(context),
      () => this.billing.list(context, query),
    );
    return (
      page &&
      pageOf(
        page.rows.map((row) => invoiceItem(row, today)),
        page,
        query,
        page.nextCursor,
      )
    );
  }

  @Get('export')
  @RequirePortalPermission('invoices:read')
  @SendsFile()
  @Operation('portalExportInvoices', 'text/csv', 'export_too_long')
  @Summary('The same invoices as CSV, all pages of them; at most 1,000,000')
  async export(
    @PortalCtx() context: PortalContext,
    @Query() query: PortalInvoiceListQuery,
    @Req() request: FastifyRequest,
  ) {
    const batches = await this.exporter.invoices(context, query);
    return invoicesFile(request, this.billing.today(context), batches);
  }

  @Get('overview')
  @RequirePortalPermission('invoices:read')
  @CacheControl(BRIEFLY_CACHED)
  @Operation('portalBillingOverview', PortalBillingOverviewResponse)
  @Summary('What is to pay, what of it is late, and the invoices that are due first')
  async overview(@PortalCtx() context: PortalContext): Promise<PortalBillingOverviewResponse> {
    const today = this.billing.today(context);
    const { due, rows, balances, pauses } = await this.billing.overview(context, MOST_SHOWN);
    const currencies = [
      ...new Set([...due, ...balances.filter(({ credit }) => credit > 0n)].map((each) => each.currency)),
    ];
    return {
      due: currencies.map((currency) => {
        const owed = due.find((each) => each.currency === currency);
        const credit = balances.find((each) => each.currency === currency)?.credit ?? 0n;
        return {
          owed: money(owed?.owed ?? 0n, currency),
          invoices: owed?.invoices ?? 0,
          overdue: money(owed?.overdue ?? 0n, currency),
          overdueInvoices: owed?.overdueInvoices ?? 0,
          credit: money(credit, currency),
        };
      }),
      invoices: rows.map((row) => ({ ...invoiceItem(row, today), review: pauses.get(row.id)?.[0]?.reason ?? null })),
    };
  }

  @Get(':id')
  @RequirePortalPermission('invoices:read')
  @CacheControl(BRIEFLY_CACHED)
  @Operation('portalGetInvoice', PortalInvoiceResponse)
  @Summary('One invoice with its lines, what settled it and what became of it')
  async get(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    return { invoice: invoiceFacts(await this.billing.get(context, id), this.billing.today(context)) };
  }
}
