import { Injectable } from '@nestjs/common';
import { brandingSettings, type StoredSettings } from '@balcao/module-directory';
import { DomainError, type FieldError } from '@balcao/platform-errors';
import { RateLimiter } from '@balcao/platform-state';
import type { StaffContext } from '@balcao/platform-tenancy';
import type { ChosenTheme } from '@balcao/theming';
import { PortalSettingsService } from '../settings/portal-settings.service.js';
import { styleSettings } from '../settings/portal-sections.js';
import { mergedTheme, type ThemeInput } from '../settings/theme-input.js';
import { cssRefusal } from './css-problem.js';
import { CustomStyles } from './custom-styles.js';
import { portalStylesheet } from './portal-stylesheet.js';

/** Looks of one person in a minute: two in a second are more than a pause in typing makes. */
const LOOKS = { limit: 120, windowSeconds: 60, blockSeconds: 0 };

/** What is tried before it is saved; what is left out is as it is stored. */
export interface TriedStyle {
  theme?: ThemeInput;
  customCss?: string | null;
}

/** The stylesheet of a portal as it would be after a change. */
@Injectable()
export class StylePreviewService {
  constructor(
    private readonly settings: PortalSettingsService,
    private readonly styles: CustomStyles,
    private readonly limiter: RateLimiter,
  ) {}

  /**
   * What the portal would serve, and everything that stands against the tenant's own part of it, which is left out then.
   * Nothing is stored.
   * @throws DomainError not_found, rate_limited, validation_failed for what is no colour
   */
  async look(
    context: StaffContext,
    id: string,
    { theme: tried, customCss: typed }: TriedStyle,
  ): Promise<{ css: string; problems: FieldError[] }> {
    const { allowed, retryAfterSeconds } = await this.limiter.consume(`style-preview|${context.actor.id}`, LOOKS);
    if (!allowed) throw new DomainError('rate_limited', { retryAfterSeconds });
    const stored = (await this.settings.get(context, id)).settings as StoredSettings;
    const branding = { ...stored.branding };
    if (tried) branding['theme'] = mergedTheme(branding['theme'] as ChosenTheme | undefined, tried, 'theme');
    const { theme } = brandingSettings.of({ branding });
    const source = (typed === undefined ? styleSettings.of(stored).customCss : typed) ?? '';
    const { css = null, problems = [] } =
      source.trim() === '' ? {} : await this.styles.compile({ lane: context.organizationId }, source);
    return {
      css: portalStylesheet(theme, css),
      problems: problems.map((problem) => cssRefusal('customCss', problem)),
    };
  }
}
