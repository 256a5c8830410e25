import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPageResponse,
  ApiProblems,
  Audience,
  RequireStaffPermission,
  StaffCtx,
  UuidParam,
  pageOf,
  type Page,
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

@ApiTags('Customers')
@Controller('api/v1/admin/billing-accounts')
@Audience('staff')
export class BillingAccountsController {
  constructor(private readonly accounts: BillingAccountService) {}

  @Get()
  @RequireStaffPermission('customers:read')
  @ApiOperation({
    operationId: 'adminListBillingAccounts',
    summary: 'List customers',
  })
  @ApiPageResponse(BillingAccountListItem)
  async list(
    @StaffCtx() context: StaffContext,
    @Query() query: BillingAccountListQuery,
  ): Promise<Page<BillingAccountListItem>> {
    const { rows, total } = await this.accounts.list(context, query);
    return pageOf(
      rows.map(({ id, name, legalName, taxId, externalId, userCount, createdAt }) => ({
        id,
        name,
        legalName,
        taxId,
        externalId,
        userCount,
        createdAt,
      })),
      total,
      query,
    );
  }

  @Post()
  @RequireStaffPermission('customers:write')
  @ApiOperation({
    operationId: 'adminCreateBillingAccount',
    summary: 'Add a customer',
  })
  @ApiCreatedResponse({ type: BillingAccountResponse })
  @ApiProblems('validation_failed', 'external_id_taken', 'tax_id_taken', 'permission_denied')
  async create(
    @StaffCtx() context: StaffContext,
    @Body() body: CreateBillingAccountRequest,
  ): Promise<BillingAccountResponse> {
    return { billingAccount: await this.accounts.create(context, body) };
  }

  @Get(':id')
  @RequireStaffPermission('customers:read')
  @ApiOperation({
    operationId: 'adminGetBillingAccount',
    summary: 'One customer',
  })
  @ApiOkResponse({ type: BillingAccountResponse })
  @ApiProblems('not_found')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<BillingAccountResponse> {
    return { billingAccount: await this.accounts.get(context, id) };
  }

  @Patch(':id')
  @RequireStaffPermission('customers:write')
  @ApiOperation({
    operationId: 'adminUpdateBillingAccount',
    summary: 'Change a customer',
  })
  @ApiOkResponse({ type: BillingAccountResponse })
  @ApiProblems('validation_failed', 'not_found', 'external_id_taken', 'tax_id_taken', 'permission_denied')
  async update(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() body: UpdateBillingAccountRequest,
  ): Promise<BillingAccountResponse> {
    return { billingAccount: await this.accounts.update(context, id, body) };
  }
}
