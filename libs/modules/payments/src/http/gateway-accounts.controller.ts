import { Body, Get, Patch, Post } from '@nestjs/common';
import { AppConfig } from '@balcao/platform-config';
import {
  AudienceController,
  Operation,
  RequireStaffPermission,
  StaffCtx,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { GatewayAccountService } from '../gateway-account.service.js';
import {
  CreateGatewayAccountRequest,
  GatewayAccountListResponse,
  GatewayAccountResponse,
  UpdateGatewayAccountRequest,
  gatewayAccount,
  type GatewayCredentials,
} from './dto/gateway-account.dto.js';

@AudienceController('staff', 'api/v1/admin/gateway-accounts', 'Payments')
export class GatewayAccountsController {
  constructor(
    private readonly accounts: GatewayAccountService,
    private readonly config: AppConfig,
  ) {}

  @Get()
  @RequireStaffPermission('gateways:write')
  @Operation('adminListGatewayAccounts', GatewayAccountListResponse)
  @Summary("The organization's accounts with payment services; their credentials stay with whoever has them")
  async list(@StaffCtx() context: StaffContext) {
    return { data: (await this.accounts.list(context)).map((row) => gatewayAccount(row, this.config.publicUrl)) };
  }

  @Post()
  @RequireStaffPermission('gateways:write')
  @Operation('adminCreateGatewayAccount', GatewayAccountResponse)
  @Summary('Connect an account with a payment service')
  async create(
    @StaffCtx() context: StaffContext,
    @Body() { credentials, currency = context.principal.organization.currency, ...body }: CreateGatewayAccountRequest,
  ): Promise<GatewayAccountResponse> {
    const row = await this.accounts.create(context, { ...body, currency, credentials: given(credentials) });
    return gatewayAccount(row, this.config.publicUrl);
  }

  @Patch(':id')
  @RequireStaffPermission('gateways:write')
  @Operation('adminUpdateGatewayAccount', GatewayAccountResponse, 'conflict')
  @Summary('Change what an account takes, its name or its credentials, or let it rest')
  async update(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { credentials, ...body }: UpdateGatewayAccountRequest,
  ): Promise<GatewayAccountResponse> {
    const patch = { ...body, ...(credentials && { credentials: given(credentials) }) };
    return gatewayAccount(await this.accounts.update(context, id, patch), this.config.publicUrl);
  }
}

const given = (credentials: GatewayCredentials): Record<string, string> =>
  Object.fromEntries(
    Object.entries(credentials).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
