import type { OrganizationRow } from '../organization.service.js';
import type { OrganizationItem } from './dto/organization.dto.js';

export function presentOrganization(row: OrganizationRow): OrganizationItem {
  const { id, slug, name, status, awaitsOwner, createdAt } = row;
  return { id, slug, name, status, awaitsOwner, createdAt };
}
