import { Body, Delete, Get, Put } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  PostAction,
  RequireStaffPermission,
  StaffCtx,
  SUCCESS,
  SuccessResponse,
  Summary,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { factsOfSender } from '../domains/domain-facts.js';
import { DomainService } from '../domains/domain.service.js';
import { SenderTestService } from '../domains/sender-test.service.js';
import { MailSenderResponse, SetMailSenderRequest, SetMailSenderResponse } from './dto/mail-sender.dto.js';

const OF_MAILS = { purpose: 'mail' } as const;

@AudienceController('staff', 'api/v1/admin/mail-sender', 'Portal settings')
export class MailSenderController {
  constructor(
    private readonly domains: DomainService,
    private readonly tests: SenderTestService,
  ) {}

  @Get()
  @RequireStaffPermission('portals:read')
  @Operation('adminGetMailSender', MailSenderResponse)
  @Summary("The organization's own address that mails come from, or that is being proved")
  async get(@StaffCtx() context: StaffContext): Promise<MailSenderResponse> {
    const claim = await this.domains.get(context, OF_MAILS);
    return { sender: claim && factsOfSender(claim) };
  }

  @Put()
  @RequireStaffPermission('portals:write')
  @Operation('adminSetMailSender', SetMailSenderResponse)
  @Summary('Name an address; one of another domain ends that of before at once. It counts once the TXT record is found')
  async set(@StaffCtx() context: StaffContext, @Body() body: SetMailSenderRequest): Promise<SetMailSenderResponse> {
    return { sender: factsOfSender(await this.domains.claim(context, OF_MAILS, body.address)) };
  }

  @PostAction('check')
  @RequireStaffPermission('portals:write')
  @Operation('adminCheckMailSender', SetMailSenderResponse)
  @Summary('Have the name servers asked at once; the event `domain.changed` tells what they said')
  async check(@StaffCtx() context: StaffContext): Promise<SetMailSenderResponse> {
    return { sender: factsOfSender(await this.domains.check(context, OF_MAILS)) };
  }

  @PostAction('test')
  @RequireStaffPermission('portals:write')
  @Operation('adminTestMailSender', SuccessResponse)
  @Summary('Have a mail sent to oneself, as customers get theirs; five in an hour')
  async test(@StaffCtx() context: StaffContext): Promise<SuccessResponse> {
    await this.tests.send(context);
    return SUCCESS;
  }

  @Delete()
  @RequireStaffPermission('portals:write')
  @Operation('adminRemoveMailSender')
  @Summary("Give the address up; mails come from the installation's again")
  async remove(@StaffCtx() context: StaffContext): Promise<void> {
    await this.domains.remove(context, OF_MAILS);
  }
}
