import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('kb_categories')
export class CategoryEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') slug: string;
  @Column({ type: 'text', name: 'name_pt' }) namePt: string;
  @Column({ type: 'text', name: 'name_en' }) nameEn: string;
  /** Lists show smaller ones first. */
  @Column('integer') position: number;
}
