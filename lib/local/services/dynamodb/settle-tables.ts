import { createRequire } from 'node:module';
import { StoreNotOpened } from '../service-not-started.ts';

interface Table {
  TableStatus: string;
  GlobalSecondaryIndexes?: { IndexStatus: string }[];
}

interface Database {
  open(): Promise<void>;
  iterator(range: { gte: string; lt: string }): AsyncIterable<[key: string, table: Table]>;
  put(key: string, table: Table): Promise<void>;
  close(): Promise<void>;
}

/**
 * dynalite says that a table is being created, and a moment later that it is there. If the process was killed between, the
 * table would be neither usable nor replaceable for ever: here it is there. One that was being deleted is there again.
 * @throws StoreNotOpened if another process has the folder
 */
export async function settleTables(folder: string): Promise<void> {
  const database = openDatabase(folder);
  try {
    await database.open();
  } catch (error) {
    const message = `DynamoDB cannot open ${folder}: another program may be using it`;
    throw new StoreNotOpened(message, { cause: error });
  }
  for await (const [key, table] of database.iterator({ gte: 'table~', lt: 'table~\u{ff}' })) {
    if (/^(?:CREATING|DELETING|UPDATING)$/.test(table.TableStatus)) await database.put(key, settled(table));
  }
  await database.close();
}

function settled(table: Table): Table {
  const indexes = table.GlobalSecondaryIndexes?.map((index) => ({ ...index, IndexStatus: 'ACTIVE' }));
  return { ...table, TableStatus: 'ACTIVE', ...(indexes && { GlobalSecondaryIndexes: indexes }) };
}

/** With dynalite's own LevelDB, so that it is the same one. */
function openDatabase(folder: string): Database {
  const requireHere = createRequire(import.meta.url);
  const { Level } = createRequire(requireHere.resolve('dynalite'))('level') as {
    Level: new (folder: string, options: { valueEncoding: 'json' }) => Database;
  };
  return new Level(folder, { valueEncoding: 'json' });
}
