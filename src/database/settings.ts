import { chmodSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROLE } from './embedded-connection.ts'
import { type ServerAccount, namesAllowed, shareWith } from './owner.ts'
import type { Place } from './place.ts'

/** For a small machine that must not lose a committed row. What is not named here is as `initdb` found it best. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  port: '5432',
  unix_socket_permissions: '0700',
  max_connections: '50',

  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',

  shared_buffers: '128MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  gin_pending_list_limit: '32MB',
  random_page_cost: '1.1',
  jit: 'off',

  // Nobody replicates from this server; without that, a table filled where it is made needs no log.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',

  timezone: 'UTC',
  log_timezone: 'UTC',

  // A week of files, each begun anew. Statements and row values are people's correspondence and stay out of them.
  logging_collector: 'on',
  log_filename: 'postgres-%u.log',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_truncate_on_rotation: 'on',
  log_file_mode: '0600',
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

/** The file of settings, which is written anew at every start. */
export function settingsFile({ folder }: Place): string {
  return join(folder, 'postgresql.conf')
}

/**
 * Writes what the server reads at its start. They lie outside the data, where the server's user may not write; the
 * owner's own settings go to `custom.conf` beside them and win.
 */
export function writeSettings(place: Place, account: ServerAccount): void {
  const allowed = namesAllowed(account).map((name) => `owner ${quote(name)} ${ROLE}`)
  write(place, account, 'pg_hba.conf', ['local all all peer map=owner'])
  write(place, account, 'pg_ident.conf', allowed)
  write(place, account, 'postgresql.conf', [
    `include ${literal(join(place.data, 'postgresql.conf'))}`,
    ...Object.entries({ ...SETTINGS, ...placesIn(place) }).map(
      ([key, value]) => `${key} = ${literal(value)}`,
    ),
    `include_if_exists ${literal(join(place.folder, 'custom.conf'))}`,
  ])
}

function placesIn({ folder, data, log, socket }: Place): Record<string, string> {
  return {
    data_directory: data,
    hba_file: join(folder, 'pg_hba.conf'),
    ident_file: join(folder, 'pg_ident.conf'),
    log_directory: log,
    unix_socket_directories: `"${socket.replaceAll('"', '""')}"`,
  }
}

function write({ folder }: Place, account: ServerAccount, name: string, lines: readonly string[]): void {
  const file = join(folder, name)
  writeFileSync(`${file}.new`, `${lines.join('\n')}\n`, { mode: 0o640 })
  chmodSync(`${file}.new`, 0o640)
  shareWith(account, folder, `${file}.new`)
  renameSync(`${file}.new`, file)
}

/** A value of postgresql.conf (PostgreSQL manual, "Parameter Interaction via the Configuration File"). */
function literal(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

/** A name of pg_ident.conf, where quotes also take the meaning of a leading `/` or `+` away. */
function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
