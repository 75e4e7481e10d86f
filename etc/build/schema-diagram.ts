import { MikroORM } from '@mikro-orm/postgresql'
import type { DatabaseTable } from '@mikro-orm/postgresql'
import { entities } from '../../schema/entities.ts'

const HEAD = `# Schema

Every table, drawn from the entities in \`schema/\` by \`npm run diagram\`. A column with \`?\` may be null.
\`audience\` has no primary key in the database, where (post, account, channel, kind) is unique.

`

/** The page \`etc/docs/schema.md\`: a Mermaid entity-relationship diagram of every table. Needs no database. */
export function schemaPage(): string {
  const orm = new MikroORM({ entities, dbName: 'none' })
  const tables = orm.schema.getTargetSchema().getTables().toSorted(byName)
  const lines = ['erDiagram', ...tables.flatMap(relations), ...tables.flatMap(columns)]
  return `${HEAD}\`\`\`mermaid\n${lines.join('\n')}\n\`\`\`\n`
}

/** `account }o--|| service : "service"`: many accounts, exactly one service. */
function relations(table: DatabaseTable): string[] {
  return Object.values(table.getForeignKeys()).map((key) => {
    const [column = ''] = key.columnNames
    const one = table.getColumn(column)?.nullable ? 'o|' : '||'
    return `  ${table.name} }o--${one} ${bare(key.referencedTableName)} : "${column.replace(/_id$/, '')}"`
  })
}

function columns(table: DatabaseTable): string[] {
  const primary = new Set(table.getPrimaryKey()?.columnNames)
  const foreign = new Set(Object.values(table.getForeignKeys()).flatMap((key) => key.columnNames))
  const unique = uniqueAlone(table)
  const attributes = table.getColumns().map(({ name, type, nullable }) => {
    const keys = [primary.has(name) && 'PK', foreign.has(name) && 'FK', unique.has(name) && 'UK'].filter(
      Boolean,
    )
    return `    ${type} ${name}${keys.length > 0 ? ` ${keys.join(', ')}` : ''}${nullable ? ' "?"' : ''}`
  })
  return [`  ${table.name} {`, ...attributes, '  }']
}

function uniqueAlone(table: DatabaseTable): Set<string> {
  const whole = table.getIndexes().filter((index) => index.unique && !index.primary && !index.where)
  return new Set(whole.flatMap(({ columnNames }) => (columnNames.length === 1 ? columnNames : [])))
}

function bare(table: string): string {
  return table.replace(/^public\./, '')
}

function byName(a: DatabaseTable, b: DatabaseTable): number {
  return a.name.localeCompare(b.name)
}
