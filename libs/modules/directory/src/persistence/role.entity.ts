import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PortalPermission } from '@balcao/contracts';

@Entity('roles')
export class RoleEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column({ type: 'text', array: true }) permissions: PortalPermission[];
  @Column({ type: 'boolean', name: 'is_default' }) isDefault: boolean;
  @Column({ type: 'timestamptz', name: 'updated_at', insert: false, update: false }) updatedAt: Date;
}
