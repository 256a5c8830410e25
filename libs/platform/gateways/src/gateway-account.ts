import type { Clock, CommitMark } from '@balcao/platform-tenancy';
import type { GatewayMethod } from './gateway.js';
import { EVENT_TYPES } from './stripe/stripe-events.js';

/** The payment services that there are adapters for. */
export const GATEWAY_NAMES = ['sandbox', 'stripe'] as const;
export type GatewayName = (typeof GATEWAY_NAMES)[number];

/** One organization's account with a payment service, as an adapter is opened with it. */
export interface GatewayAccount {
  id: string;
  organizationId: string;
  kind: GatewayName;
  /** By the names of `GATEWAY_KINDS`, unsealed. No adapter keeps or logs one. */
  credentials: Readonly<Record<string, string>>;
  /** The organization's business time. */
  clock: Clock;
  /** Sandbox: where its pages are, without a slash at the end; `{pageBase}/{gatewayId}` shows a payment or a setup. */
  pageBase?: string;
  /** Sandbox: runs in the same commit as what a call changes, as it does with whatever else a request changes. */
  commitMark?: CommitMark;
}

/** A field of the credentials that whoever connects an account types, or that is made for them. */
export interface GatewayCredential {
  name: string;
  /** Whether it is sealed when it is kept, and never shown again. */
  secret: boolean;
  pattern: RegExp;
  /** How one begins, for people who typed another. */
  begins: string;
  /** Made by the house, of 32 random bytes, instead of typed. */
  generated: boolean;
}

export interface GatewayKind {
  credentials: readonly GatewayCredential[];
  methods: readonly GatewayMethod[];
  /** Whether sandbox organizations have it, and only they. */
  forSandboxes: boolean;
  /** Whether credentials are of a mode for trying things out, in which no money moves. */
  isTest: (credentials: Readonly<Record<string, string>>) => boolean;
  /** Events that whoever connects it lets the service send, in the service's words; none where that is not chosen there. */
  eventTypes: readonly string[];
}

/** What is known of each payment service before an account with it is opened. */
export const GATEWAY_KINDS: Readonly<Record<GatewayName, GatewayKind>> = {
  sandbox: {
    credentials: [
      { name: 'webhookSecret', secret: true, pattern: /^[A-Za-z0-9_-]{32,100}$/, begins: '', generated: true },
    ],
    methods: ['pix', 'boleto', 'card'],
    forSandboxes: true,
    isTest: () => true,
    eventTypes: [],
  },
  stripe: {
    credentials: [
      {
        name: 'secretKey',
        secret: true,
        pattern: /^(?:sk|rk)_(?:test|live)_[A-Za-z0-9]{10,250}$/,
        begins: 'sk_live_, rk_live_',
        generated: false,
      },
      {
        name: 'webhookSecret',
        secret: true,
        pattern: /^whsec_[A-Za-z0-9+/=_-]{10,250}$/,
        begins: 'whsec_',
        generated: false,
      },
    ],
    methods: ['pix', 'boleto', 'card'],
    forSandboxes: false,
    isTest: ({ secretKey = '' }) => secretKey.includes('_test_'),
    eventTypes: EVENT_TYPES,
  },
};

/** @throws Error where the account lacks a credential; which one it says, never what it is */
export function credentialOf({ kind, credentials }: GatewayAccount, name: string): string {
  const value = credentials[name];
  if (!value) throw new Error(`An account of the kind ${kind} has no ${name}`);
  return value;
}
