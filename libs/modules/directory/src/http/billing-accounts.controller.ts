import { Body, Get, Patch, Post, Query } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  Summary,
  RequireStaffPermission,
  StaffCtx,
  UuidParam,
  pageOf,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { BillingAccountService } from '../billing-account.service.js';
import {
  BillingAccountListItem,
  BillingAccountListQuery,
  BillingAccountResponse,
  CreateBillingAccountRequest,
  UpdateBillingAccountRequest,
} from './dto/billing-account.dto.js';

@AudienceController('staff', 'api/v1/admin/billing-accounts', 'Customers')
export class BillingAccountsController {
  constructor(private readonly accounts: BillingAccountService) {}

  @Get()
  @RequireStaffPermission('customers:read')
  @Operation('adminListBillingAccounts', [BillingAccountListItem])
  @Summary('List customers')
  async list(@StaffCtx() context: StaffContext, @Query() query: BillingAccountListQuery) {
    const { rows, total } = await this.accounts.list(context, query);
    return pageOf(rows, total, query);
  }

  @Post()
  @RequireStaffPermission('customers:write')
  @Operation('adminCreateBillingAccount', BillingAccountResponse, 'external_id_taken', 'tax_id_taken')
  @Summary('Add a customer')
  async create(@StaffCtx() context: StaffContext, @Body() body: CreateBillingAccountRequest) {
    return { billingAccount: await this.accounts.create(context, body) };
  }

  @Get(':id')
  @RequireStaffPermission('customers:read')
  @Operation('adminGetBillingAccount', BillingAccountResponse)
  @Summary('One customer')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { billingAccount: await this.accounts.get(context, id) };
  }

  @Patch(':id')
  @RequireStaffPermission('customers:write')
  @Operation('adminUpdateBillingAccount', BillingAccountResponse, 'external_id_taken', 'tax_id_taken')
  @Summary('Change a customer')
  async update(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() body: UpdateBillingAccountRequest,
  ) {
    return { billingAccount: await this.accounts.update(context, id, body) };
  }
}
