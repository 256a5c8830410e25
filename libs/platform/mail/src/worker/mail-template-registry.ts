import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { MAIL_TEMPLATES, type MailTemplateName } from '@balcao/contracts';
import { MAIL_TEMPLATE_KEY, type MailTemplate } from '../mail-template.js';

/** Knows the template of each mail. A worker in which a mail has none, or two, does not start. */
@Injectable()
export class MailTemplateRegistry implements OnModuleInit {
  private readonly templates = new Map<string, MailTemplate>();

  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws Error naming every mail without exactly one template */
  onModuleInit(): void {
    const found = new Map<MailTemplateName, Set<MailTemplate>>();
    for (const wrapper of this.discovery.getProviders()) {
      const name = wrapper.metatype && this.discovery.getMetadataByDecorator(MAIL_TEMPLATE_KEY, wrapper);
      if (!name || !wrapper.instance) continue;
      found.set(name, (found.get(name) ?? new Set()).add(wrapper.instance as MailTemplate));
    }
    const problems: string[] = [];
    for (const name of MAIL_TEMPLATES) {
      const [template, ...others] = found.get(name) ?? [];
      if (!template) problems.push(`${name} has no template`);
      else if (others.length > 0) problems.push(`${name} has ${others.length + 1} templates`);
      else this.templates.set(name, template);
    }
    if (problems.length > 0) throw new Error(`Every mail needs exactly one template: ${problems.join('; ')}`);
  }

  /** @throws Error where a mail was asked for by a name that this version does not know */
  get(name: string): MailTemplate {
    const template = this.templates.get(name);
    if (!template) throw new Error(`Mail ${name} has no template`);
    return template;
  }
}
