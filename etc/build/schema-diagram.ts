import { type EntityMetadata, type EntityProperty, MikroORM } from '@mikro-orm/postgresql'
import { entities } from '../../schema/entities.ts'

const HEAD = `# Schema

Every table, drawn from the entities in \`schema/\` by \`npm run diagram\`. A column with \`?\` may be null.
\`audience\` has no primary key in the database, where (post, account, channel, kind) is unique, and no foreign keys.

`

/** The page \`etc/docs/schema.md\`: a Mermaid entity-relationship diagram of every table. Needs no database. */
export function schemaPage(): string {
  const orm = new MikroORM({ entities, dbName: 'none' })
  const tables = [...orm.getMetadata().getAll().values()].toSorted((a, b) =>
    a.tableName < b.tableName ? -1 : 1,
  )
  const lines = ['erDiagram', ...tables.flatMap(relations), ...tables.flatMap(columns)]
  return `${HEAD}\`\`\`mermaid\n${lines.join('\n')}\n\`\`\`\n`
}

/** `account }o--|| service : "service"`: many accounts, exactly one service. */
function relations({ tableName, props }: EntityMetadata): string[] {
  return props.flatMap((property) => {
    const target = property.targetMeta?.tableName
    return target
      ? [`  ${tableName} }o--${property.nullable ? 'o|' : '||'} ${target} : "${roleOf(property)}"`]
      : []
  })
}

function columns({ tableName, props, uniques }: EntityMetadata): string[] {
  const unique = new Set(uniques.map(({ properties, where }) => (where ? '' : String(properties))))
  const attributes = props.map((property) => {
    const { name, fieldNames, columnTypes, primary, nullable, targetMeta } = property
    const keys = [primary && 'PK', targetMeta && 'FK', (property.unique || unique.has(name)) && 'UK'].filter(
      Boolean,
    )
    return `    ${columnTypes.join()} ${fieldNames.join()}${keys.length > 0 ? ` ${keys.join(', ')}` : ''}${nullable ? ' "?"' : ''}`
  })
  return [`  ${tableName} {`, ...attributes, '  }']
}

function roleOf({ fieldNames }: EntityProperty): string {
  return fieldNames.join().replace(/_id$/, '')
}
