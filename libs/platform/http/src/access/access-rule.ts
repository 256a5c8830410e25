import type { PortalFeature } from '@balcao/contracts';
import type { AudienceName } from '@balcao/platform-tenancy';

/** Who may call a route. */
export interface AccessRule {
  audience: AudienceName;
  kind: 'public' | 'authenticated' | 'permission';
  /** With `public`: where the address names no portal, a session of one does. */
  orOwnPortal?: boolean;
  /** With `public`: the portal may be as it was a moment ago, since nothing is decided by it. */
  recent?: boolean;
  /** With `authenticated`: also for those whose role the portal does not let in. */
  anyRole?: boolean;
  /** With `permission`: any of these suffices, and whose permissions they are. */
  anyOf?: readonly string[];
  permissionsOf?: AudienceName;
  /** Switches of the portal that must all be on. */
  features?: readonly PortalFeature[];
}

/** Headers that only some routes' successful answers have. */
export type AnswerHeader = 'ContentLanguage' | 'ContentDisposition' | 'SetCookie' | 'ClearSiteData';

/** What a route carries in Fastify's `config`. */
export interface BalcaoRouteConfig {
  access?: AccessRule;
  cacheControl?: string;
  headers?: readonly AnswerHeader[];
  /** Of a POST that only answers: an `Idempotency-Key` means nothing there, since it may happen any number of times. */
  storesNothing?: boolean;
  /** Stands for what the document says of the successful answer. */
  shape?: string;
  /** For routes that Nest does not know (pages, files, documentation): the guard that stands before them. */
  guardedBy?: 'nobody' | 'operator';
  /** For such routes that are staff's or operators': they answer at the installation's own host only. */
  installation?: boolean;
  /** Of probes, which ask often and from anywhere: costs no budget, and answers at any host. */
  probe?: boolean;
  /** How many requests it counts as in the usual budget of whoever sends it; one where nothing is said. */
  cost?: number;
  /** How many it counts as of what may be written in a day; one, where it changes something and nothing is said. */
  writes?: number;
  inlineStyles?: boolean;
  /** Bytes of the one file that a body of parts brings; without it such a body is not taken. */
  takesFile?: number;
  /** The most of a body that is longer than others: its bytes, and its values as `INPUT_LIMITS` counts them. */
  longBody?: { bytes: number; values: number };
  /** Of whatever type the body says that it is, the handler gets its bytes as they came: somebody has signed those. */
  takesRaw?: true;
}

/**
 * Whether a POST that changes something may bear an `Idempotency-Key`. A file is not read twice to compare it: what is brought
 * again is looked at again, and nothing comes of it but the same picture.
 */
export const takesKey = ({ storesNothing, takesFile, takesRaw }: BalcaoRouteConfig): boolean =>
  !storesNothing && !takesFile && !takesRaw;

/** Routes that Nest does not know: where they begin, and who stands before them. */
export interface OtherRoute {
  prefix: string;
  guardedBy: 'nobody' | 'operator';
  /** Whether it answers at the installation's own host only. */
  installation?: boolean;
  /** Whether its pages cannot do without inline styles. */
  inlineStyles?: boolean;
}
