import { DatabaseSchema, SchemaComparator } from '@mikro-orm/postgresql'
import type { DatabaseTable, IndexDef, MikroORM, TableDifference } from '@mikro-orm/postgresql'

/**
 * What tells a migrated database from the entities, a line each; empty when they agree on tables, columns, types,
 * nullability, defaults, primary, foreign and unique keys (partial ones too). Not compared, because an entity says
 * nothing of them: check constraints, indexes that only make reading faster, and the names of constraints.
 */
export async function schemaDifference(orm: MikroORM): Promise<string[]> {
  const entities = orm.schema.getTargetSchema()
  const driver = orm.em.getDriver()
  const migrated = await DatabaseSchema.create(
    driver.getConnection(),
    driver.getPlatform(),
    orm.config,
    'public',
  )
  const difference = new SchemaComparator(driver.getPlatform()).compare(migrated, entities)

  return [
    ...Object.keys(difference.newTables).map((table) => `${table}: no such table`),
    ...Object.keys(difference.removedTables).map((table) => `${table}: no entity`),
    ...Object.values(difference.changedTables).flatMap(changes),
    ...entities.getTables().flatMap((table) => foreignKeyChanges(migrated.getTable(table.name), table)),
  ]
}

function changes(table: TableDifference): string[] {
  return [
    ...Object.keys(table.addedColumns).map((column) => `${table.name}.${column}: no such column`),
    ...Object.keys(table.removedColumns).map((column) => `${table.name}.${column}: not in the entity`),
    ...Object.entries(table.changedColumns).map(
      ([column, { changedProperties }]) =>
        `${table.name}.${column}: another ${[...changedProperties].join(', ')}`,
    ),
    ...uniques(table.addedIndexes).map((columns) => `${table.name}: (${columns}) is not unique`),
    ...uniques(table.removedIndexes).map(
      (columns) => `${table.name}: (${columns}) is unique, the entity says not`,
    ),
    ...uniques(table.changedIndexes).map((columns) => `${table.name}: (${columns}) is unique in another way`),
  ]
}

function uniques(indexes: Record<string, IndexDef>): string[] {
  return Object.values(indexes).flatMap(({ unique, columnNames, where }) =>
    unique ? [columnNames.join(', ') + (where ? ` where ${where}` : '')] : [],
  )
}

function foreignKeyChanges(migrated: DatabaseTable | undefined, wanted: DatabaseTable): string[] {
  const found = new Set(foreignKeys(migrated))
  const expected = new Set(foreignKeys(wanted))
  return [
    ...[...expected.difference(found)].map((key) => `${wanted.name}: no foreign key ${key}`),
    ...[...found.difference(expected)].map(
      (key) => `${wanted.name}: foreign key ${key} is not in the entity`,
    ),
  ]
}

function foreignKeys(table: DatabaseTable | undefined): string[] {
  return Object.values(table?.getForeignKeys() ?? {}).map(
    (key) =>
      `(${key.columnNames.join(', ')}) to ${key.referencedTableName.replace('public.', '')} ` +
      `(${key.referencedColumnNames.join(', ')}) on delete ${key.deleteRule ?? 'no action'}`,
  )
}
