import { ApiProperty } from '@nestjs/swagger';
import { GATEWAY_METHODS, GATEWAY_NAMES, type GatewayMethod, type GatewayName } from '@balcao/platform-gateways';
import {
  BooleanField,
  EnumField,
  EnumListField,
  ListOf,
  NameField,
  Nullable,
  ObjectField,
  TextField,
  UuidField,
  VersionField,
} from '@balcao/platform-http';
import type { GatewayAccountRow } from '../../persistence/payment.rows.js';

/** What a payment service gives to who has an account with it; which of them counts is the kind's to say. */
export class GatewayCredentials {
  @TextField({ description: 'Stripe: secret or restricted key', max: 260, optional: true, example: 'rk_live_51…' })
  secretKey?: string;
  @TextField({
    description: 'Stripe: signing secret of the webhook endpoint',
    max: 260,
    optional: true,
    example: 'whsec_…',
  })
  webhookSecret?: string;
}

const methods = {
  description: 'Ways that it takes; each is taken from whichever account had it',
  values: GATEWAY_METHODS,
  maxItems: 3,
};

export class CreateGatewayAccountRequest {
  @UuidField({ description: 'As `address` has told it, where the service knows the address already', optional: true })
  id?: string;
  @EnumField({ description: 'Payment service; the pretended one is for sandbox organizations', values: GATEWAY_NAMES })
  kind: GatewayName;
  @NameField({ description: 'What staff call it', max: 60 }) name: string;
  @EnumListField(methods) methods: GatewayMethod[];
  @TextField({
    description: "Currency; the organization's where absent",
    max: 3,
    pattern: /^[A-Z]{3}$/,
    optional: true,
    example: 'BRL',
  })
  currency?: string;
  @ObjectField({ description: 'Kept sealed, and shown to nobody again', type: () => GatewayCredentials })
  credentials: GatewayCredentials;
}

export class UpdateGatewayAccountRequest {
  @VersionField() version: number;
  @NameField({ description: 'What staff call it', max: 60, optional: true }) name?: string;
  @EnumListField({ ...methods, optional: true }) methods?: GatewayMethod[];
  @BooleanField({ description: 'Whether new payments go through it', optional: true }) isActive?: boolean;
  @ObjectField({ description: 'All of them anew', type: () => GatewayCredentials, optional: true })
  credentials?: GatewayCredentials;
}

export class GatewayAccountResponse {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: GATEWAY_NAMES, description: 'Payment service' }) kind: GatewayName;
  @ApiProperty({ description: 'What staff call it', example: 'Stripe da matriz' }) name: string;
  @ApiProperty({ enum: GATEWAY_METHODS, isArray: true, description: 'Ways that it takes' }) methods: GatewayMethod[];
  @ApiProperty({ description: 'Of another it takes nothing', example: 'BRL' }) currency: string;
  @ApiProperty({ description: 'Whether new payments go through it' }) isActive: boolean;
  @ApiProperty({
    description: 'Where the service is to send its events',
    example: 'https://portal.example/api/v1/hooks/gateways/…',
  })
  eventsUrl: string;
  @Nullable(String, 'When it told something last; null for never', { format: 'date-time' }) lastEventAt: Date | null;
  @ApiProperty({ type: 'integer', description: 'Counts its changes' }) version: number;
  @ApiProperty({ type: String, format: 'date-time' }) createdAt: Date;
}

export class GatewayAccountAddressQuery {
  @EnumField({ description: 'Payment service', values: GATEWAY_NAMES }) kind: GatewayName;
}

/** What a service has to be told before an account with it is connected. */
export class GatewayAccountAddress {
  @ApiProperty({ format: 'uuid', description: 'What the account is to be called when it is connected' }) id: string;
  @ApiProperty({
    description: 'Where the service is to send its events; the same until an account is connected',
    example: 'https://portal.example/api/v1/hooks/gateways/…',
  })
  eventsUrl: string;
  @ApiProperty({ type: [String], description: "Which it is to send, in the service's words", maxItems: 50 })
  eventTypes: string[];
}

export class GatewayAccountListResponse extends ListOf(GatewayAccountResponse) {}

export const eventsUrlOf = (id: string, publicUrl: string): string => `${publicUrl}/api/v1/hooks/gateways/${id}`;

export const gatewayAccount = (
  { updatedAt: _updatedAt, ...row }: GatewayAccountRow,
  publicUrl: string,
): GatewayAccountResponse => ({
  ...row,
  eventsUrl: eventsUrlOf(row.id, publicUrl),
});
