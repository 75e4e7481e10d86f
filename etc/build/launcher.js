#!/usr/bin/env node
// Written in words that Node 12 understands, so that an old one says what is missing instead of a syntax error.
var found = process.versions.node.split('.').map(Number)
if (found[0] < 22 || (found[0] === 22 && found[1] < 17)) {
  process.stderr.write(
    'skrode: expected Node 22.17 or newer, found ' +
      process.versions.node +
      '\nThe checkout brings its own: run `npx skrode`, or `node_modules/.bin/node dist/skrode.js`, in its folder\n',
  )
  process.exitCode = 1
} else {
  // Not in the folder for temporary files, where another user could lay compiled code ready for us.
  var home = process.env.HOME
  var caches = process.env.XDG_CACHE_HOME || (home && home + '/.cache')
  if (caches) process.getBuiltinModule('module').enableCompileCache(caches + '/skrode/compiled')
  import('./cli/main.js')
}
