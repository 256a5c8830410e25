import type { PicturePurpose } from '@balcao/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PictureProblem } from '../branding/raster-picture.js';

/** Part of a picture, in its own pixels. */
export interface Crop {
  left: number;
  top: number;
  width: number;
  height: number;
}

@Entity('portal_pictures')
export class PortalPictureEntity {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'uuid', name: 'portal_id' }) portalId: string;
  @Column('text') purpose: PicturePurpose;
  @Column('text') status: 'receiving' | 'waiting' | 'ready' | 'refused';
  @Column({ type: 'text', name: 'source_address', nullable: true }) sourceAddress: string | null;
  @Column({ type: 'jsonb', nullable: true }) crop: Crop | null;
  /** Whether the setting takes it by itself once it is ready. */
  @Column('boolean') adopted: boolean;
  @Column({ type: 'integer', insert: false }) tries: number;
  /** Where it is kept, once it is ready. */
  @Column({ type: 'text', nullable: true, insert: false }) address: string | null;
  @Column({ type: 'integer', nullable: true, insert: false }) width: number | null;
  @Column({ type: 'integer', nullable: true, insert: false }) height: number | null;
  /** Why it is not taken. */
  @Column({ type: 'jsonb', nullable: true, insert: false }) problem: PictureProblem | null;
  @Column({ type: 'timestamptz', name: 'created_at', insert: false, update: false }) createdAt: Date;
  @Column({ type: 'timestamptz', name: 'finished_at', nullable: true, insert: false }) finishedAt: Date | null;
}
