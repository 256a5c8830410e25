import { Body, Get, Patch, Query } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  PostAction,
  RequireStaffPermission,
  StaffCtx,
  Summary,
  UuidParam,
  pageOf,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { SignupReviewService } from '../signup-review.service.js';
import {
  CorrectSignupRequest,
  DecideSignupRequest,
  RefuseSignupRequest,
  SignupListItem,
  SignupListQuery,
  StaffSignupResponse,
} from './dto/staff-signup.dto.js';
import { presentForStaff } from './signup.presenter.js';

@AudienceController('staff', 'api/v1/admin/signups', 'Signups')
export class StaffSignupsController {
  constructor(private readonly review: SignupReviewService) {}

  @Get()
  @RequireStaffPermission('signups:read')
  @Operation('adminListSignups', [SignupListItem])
  @Summary('Companies that sign up; newest first')
  async list(@StaffCtx() context: StaffContext, @Query() query: SignupListQuery) {
    const { rows, total } = await this.review.list(context, query);
    return pageOf(rows, total, query);
  }

  @Get(':id')
  @RequireStaffPermission('signups:read')
  @Operation('adminGetSignup', StaffSignupResponse)
  @Summary('One signup: what the register says beside what was typed')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { signup: presentForStaff(await this.review.get(context, id)) };
  }

  @Patch(':id')
  @RequireStaffPermission('signups:write')
  @Operation('adminCorrectSignup', StaffSignupResponse, 'conflict', 'signup_step_not_allowed')
  @Summary('Correct what was typed, before it is decided')
  async correct(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() body: CorrectSignupRequest) {
    return { signup: presentForStaff(await this.review.correct(context, id, body)) };
  }

  @PostAction(':id/approve')
  @RequireStaffPermission('signups:write')
  @Operation('adminApproveSignup', StaffSignupResponse, 'conflict', 'signup_step_not_allowed', 'tax_id_taken')
  @Summary('Make the company a customer; its administrator gets a link to come in')
  async approve(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() body: DecideSignupRequest) {
    return { signup: presentForStaff(await this.review.approve(context, id, body.version)) };
  }

  @PostAction(':id/refuse')
  @RequireStaffPermission('signups:write')
  @Operation('adminRefuseSignup', StaffSignupResponse, 'conflict', 'signup_step_not_allowed')
  @Summary('Refuse it; the reason is mailed')
  async refuse(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() body: RefuseSignupRequest) {
    return { signup: presentForStaff(await this.review.refuse(context, id, body.version, body.reason)) };
  }
}
