import type {
  DeleteResult,
  EntityManager,
  EntityMetadata,
  EntityTarget,
  FindManyOptions,
  FindOneOptions,
  FindOptionsWhere,
  ObjectLiteral,
  Repository,
  SelectQueryBuilder,
  UpdateResult,
  WhereExpressionBuilder,
} from 'typeorm';
import type { OrganizationContext } from './context.js';

type Where<Entity> = FindOptionsWhere<Entity> | FindOptionsWhere<Entity>[];

/**
 * TypeORM's repository with the tenant's conditions in every statement, so that what is written through it stands behind
 * both walls too. It offers the operations that can carry a condition; whatever else is needed is written in SQL with
 * `db.tenant()` and `db.account()`. Inserted rows get their organization from the column's default.
 */
export class TenantRepository<Entity extends ObjectLiteral> {
  private readonly metadata: EntityMetadata;

  constructor(
    private readonly manager: EntityManager,
    private readonly target: EntityTarget<Entity>,
    /** Whose rows exist; absent where every tenant's do. */
    private readonly context: OrganizationContext | undefined,
  ) {
    this.metadata = manager.dataSource.getMetadata(target);
  }

  /** The rows that fit. */
  find(options: FindManyOptions<Entity> = {}): Promise<Entity[]> {
    return this.selection(options).getMany();
  }

  findBy(where: Where<Entity>): Promise<Entity[]> {
    return this.find({ where });
  }

  /** The first row that fits, or null. */
  findOne(options: FindOneOptions<Entity>): Promise<Entity | null> {
    return this.selection({ ...options, take: 1 }).getOne();
  }

  findOneBy(where: Where<Entity>): Promise<Entity | null> {
    return this.findOne({ where });
  }

  /** @throws EntityNotFoundError where no row fits */
  findOneByOrFail(where: Where<Entity>): Promise<Entity> {
    return this.selection({ where, take: 1 }).getOneOrFail();
  }

  existsBy(where: Where<Entity>): Promise<boolean> {
    return this.selection({ where }).getExists();
  }

  count(options: FindManyOptions<Entity> = {}): Promise<number> {
    return this.selection(options).getCount();
  }

  insert(...parameters: Parameters<Repository<Entity>['insert']>): ReturnType<Repository<Entity>['insert']> {
    return this.manager.insert(this.target, ...parameters);
  }

  update(where: FindOptionsWhere<Entity>, values: Parameters<Repository<Entity>['update']>[1]): Promise<UpdateResult> {
    return this.narrowed(this.manager.createQueryBuilder().update(this.target).set(values).where(where)).execute();
  }

  delete(where: FindOptionsWhere<Entity>): Promise<DeleteResult> {
    return this.narrowed(this.manager.createQueryBuilder().delete().from(this.target).where(where)).execute();
  }

  private selection(options: FindManyOptions<Entity>): SelectQueryBuilder<Entity> {
    const alias = this.metadata.name;
    return this.narrowed(this.manager.createQueryBuilder(this.target, alias), `"${alias}".`).setFindOptions(options);
  }

  private narrowed<Statement extends WhereExpressionBuilder>(statement: Statement, prefix = ''): Statement {
    for (const [column, value] of this.conditions()) {
      statement.andWhere(`${prefix}"${column}" = :tenant_${column}`, { [`tenant_${column}`]: value });
    }
    return statement;
  }

  /** Columns that tell whose a row is, with what they must hold. */
  private conditions(): [column: string, value: string][] {
    if (!this.context) return [];
    const { organizationId, scope } = this.context;
    const ofAccounts = this.metadata.columns.some(({ databaseName }) => databaseName === 'billing_account_id');
    return [
      ['organization_id', organizationId],
      ...(scope.kind === 'account' && ofAccounts
        ? [['billing_account_id', scope.billingAccountId] as [string, string]]
        : []),
    ];
  }
}
