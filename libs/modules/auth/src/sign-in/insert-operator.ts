import { newId } from '@balcao/platform-database';
import { sql, type Db } from '@balcao/platform-tenancy';

/** Adds an operator of the installation, named by the e-mail; who is one already stays as they are. */
export async function insertOperator(db: Db, { email, passwordHash }: { email: string; passwordHash: string }) {
  await db.execute(sql`
    insert into operators (id, email, name, password_hash) values (${newId()}::uuid, ${email}, ${email}, ${passwordHash})
    on conflict (email) do nothing`);
}
