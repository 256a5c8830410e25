export {
  anonymousActor,
  operatorContext,
  portalContext,
  staffContext,
  systemContext,
  type AccountScope,
  type Actor,
  type Client,
  type Context,
  type ContextScope,
  type OperatorContext,
  type OrganizationContext,
  type PersonContext,
  type PortalContext,
  type RequestContext,
  type StaffContext,
} from './context.js';
export type {
  AddressedTenant,
  AudienceName,
  OfferedLanguages,
  OperatorPrincipal,
  OrganizationFacts,
  OtherPortal,
  PortalPrincipal,
  Principal,
  SessionFacts,
  StaffPrincipal,
} from './principal.js';
export type { CommitMark } from './commit-mark.js';
export { countedPage } from './counted-page.js';
export { decodeCursor, encodeCursor, type CursorKeys, type CursorKind } from './lists/list-cursor.js';
export {
  MOST_COUNTED,
  WALK,
  anyOf,
  countOf,
  keysOf,
  orderBy,
  pageOf,
  readPage,
  totalOf,
  type ListOrder,
  type PageWish,
  type Total,
  type WalkedList,
} from './lists/walk.js';
export { Database, type DatabaseOptions } from './database.js';
export { Db } from './db.js';
export type { DoorName } from './doors.js';
export { clockOf, systemClock, type Clock } from './clock.js';
export type { DueWork } from './due-work.js';
export { eachOrganization, type EachOrganization } from './each-organization.js';
export { refusing } from './refusing.js';
export { purgeBehind, type Purge } from './purge.js';
export { TenancyModule } from './tenancy.module.js';
export { sql, join, raw, empty, assignments, columnsOf, insertInto, membersOf, type Sql } from './sql.js';
