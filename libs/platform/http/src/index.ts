import './access/request-state.js';

export { AccessPipeline } from './access/access.pipeline.js';
export {
  ACCESS_EXTENSION,
  AnswerHeaders,
  Audience,
  AudienceController,
  Authenticated,
  CacheControl,
  PostAction,
  Probe,
  SendsFile,
  SendsMails,
  Writes,
  StoresNothing,
  TakesFile,
  TakesLongBody,
  TakesRaw,
  Public,
  RequireFeature,
  RequireAnyPortalPermission,
  RequirePortalPermission,
  RequireStaffPermission,
} from './access/access.decorators.js';
export type { AccessRule, AnswerHeader, BalcaoRouteConfig, OtherRoute } from './access/access-rule.js';
export { clearCookie, cookieNames, csrfHeaderName, setCookie, type CookieNames } from './access/cookies.js';
export { CsrfTokens } from './access/csrf-tokens.js';
export { portalAddressOf } from './access/portal-address.js';
export { Authenticator, TenantResolver, type Credentials } from './access/authenticator.js';
export { conditionalAnswer, matchesEtag, weakEtag } from './caching.js';
export { Ctx, OperatorCtx, PortalCtx, StaffCtx, TenantCtx } from './context.decorator.js';
export * from './dto/fields.js';
export { ListOf, Members, Nullable, SUCCESS, Single, SuccessResponse, Switches } from './dto/answers.js';
export { DeviceNames, deviceNames } from './dto/device.js';
export { csvFile, type CsvCell } from './dto/csv-file.js';
export { zipFile, zipped, type ZippedFile } from './dto/zip-file.js';
export { Money, money } from './dto/money.js';
export { Operation, Summary } from './dto/operation.js';
export { PageQuery } from './dto/page.query.js';
export { PaginationResponse, pageOf, type Page } from './dto/page.response.js';
export { FieldErrorResponse, ProblemResponse } from './dto/problem.response.js';
export { fieldErrorsInWords } from './errors/problem-document.js';
export { NumberParam, UuidParam } from './dto/uuid-param.js';
export { createValidationPipe } from './dto/validation.pipe.js';
export { configureHttp, createHttpAdapter, type RegisteredRoute } from './http-application.js';
export { HttpModule } from './http.module.js';
export { uploadedBytes, uploadedFile } from './uploads.js';
export { Versioned, VersionedAnswer } from './versioned-answer.js';
