import { Body, Get, Patch, Post, Query } from '@nestjs/common';
import { AppConfig } from '@balcao/platform-config';
import {
  AudienceController,
  CacheControl,
  Operation,
  RequireStaffPermission,
  StaffCtx,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import { GATEWAY_KINDS } from '@balcao/platform-gateways';
import type { StaffContext } from '@balcao/platform-tenancy';
import { GatewayAccountService } from '../gateway-account.service.js';
import {
  CreateGatewayAccountRequest,
  GatewayAccountAddress,
  GatewayAccountAddressQuery,
  GatewayAccountListResponse,
  GatewayAccountResponse,
  UpdateGatewayAccountRequest,
  eventsUrlOf,
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

  @Get('address')
  @RequireStaffPermission('gateways:write')
  @CacheControl('no-store')
  @Operation('adminNextGatewayAddress', GatewayAccountAddress)
  @Summary(
    'Where the service of the next account is to send its events, which some want to know before they give a secret',
  )
  async address(
    @StaffCtx() context: StaffContext,
    @Query() { kind }: GatewayAccountAddressQuery,
  ): Promise<GatewayAccountAddress> {
    const id = await this.accounts.nextId(context);
    return { id, eventsUrl: eventsUrlOf(id, this.config.publicUrl), eventTypes: [...GATEWAY_KINDS[kind].eventTypes] };
  }

  @Post()
  @RequireStaffPermission('gateways:write')
  @Operation('adminCreateGatewayAccount', GatewayAccountResponse, 'conflict', 'gateway_unreachable')
  @Summary('Connect an account with a payment service, which is asked first whether it takes the credentials')
  async create(
    @StaffCtx() context: StaffContext,
    @Body() { credentials, currency = context.principal.organization.currency, ...body }: CreateGatewayAccountRequest,
  ): Promise<GatewayAccountResponse> {
    const row = await this.accounts.create(context, { ...body, currency, credentials: given(credentials) });
    return gatewayAccount(row, this.config.publicUrl);
  }

  @Patch(':id')
  @RequireStaffPermission('gateways:write')
  @Operation('adminUpdateGatewayAccount', GatewayAccountResponse, 'conflict', 'gateway_unreachable')
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
