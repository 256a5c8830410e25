import { Audit } from '@balcao/platform-audit';
import {
  anonymousActor,
  systemClock,
  systemContext,
  type Database,
  type OrganizationContext,
} from '@balcao/platform-tenancy';
import { newId } from '@balcao/platform-database';
import { refusedField } from '@balcao/platform-errors';
import type { ArticleRenderer } from '../src/article-renderer.js';
import { renderArticle } from '../src/domain/markdown.js';
import { ArticleService, type ArticleFields, type ArticleRow } from '../src/article.service.js';

/** Renders where it stands; threads run what was built. */
export const renderer = {
  async render(_context, source) {
    const rendered = renderArticle(source);
    if ('exceeds' in rendered) throw refusedField('bodyMarkdown', `markdown_${rendered.exceeds}`);
    return rendered;
  },
} as ArticleRenderer;

/** An article that customers can read, in Portuguese; `context` has organization scope. */
export async function createArticle(
  database: Database,
  organizationId: string,
  overrides: Partial<ArticleFields> = {},
): Promise<ArticleRow> {
  return new ArticleService(database, new Audit(), renderer).create(
    systemContext(organizationId, { clock: systemClock }),
    {
      title: 'Wi-Fi fraco: onde pôr o roteador',
      locale: 'pt-BR',
      bodyMarkdown: 'No alto, no meio da casa e longe do forno.',
      visibility: 'portal',
      ...overrides,
    },
  );
}

/** The context of a customer's request; articles belong to no account. */
export function asReader(organizationId: string, locale: OrganizationContext['locale'] = 'pt-BR'): OrganizationContext {
  return {
    requestId: 'test',
    locale,
    clock: systemClock,
    actor: { type: 'user', id: newId(), name: 'Ana' },
    organizationId,
    scope: { kind: 'account', billingAccountId: newId() },
  };
}

/** The context of somebody who is not signed in. */
export function asVisitor(organizationId: string): OrganizationContext {
  return {
    requestId: 'test',
    locale: 'pt-BR',
    clock: systemClock,
    actor: anonymousActor,
    organizationId,
    scope: { kind: 'visitor' },
  };
}
