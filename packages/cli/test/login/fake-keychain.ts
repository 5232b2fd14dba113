import { chmod } from 'node:fs/promises';
import { type TempWorkspace, tempWorkspace } from '@trae-cli/testkit';

/** A `secret-tool` that keeps what it is told in files beside it, and writes down how it was called. */
const secretTool = `#!/bin/sh
here=$(dirname "$0")
echo "$*" >> "$here/calls"
for name; do :; done
case "$1" in
  store) cat > "$here/key-of-$name" ;;
  lookup) [ -f "$here/key-of-$name" ] && cat "$here/key-of-$name" ;;
  clear) rm -f "$here/key-of-$name" ;;
esac
`;

const failing = `#!/bin/sh
echo "$*" >> "$(dirname "$0")/calls"
cat > /dev/null
echo "secret-tool: Cannot create an item in a locked collection" >&2
exit 1
`;

const hanging = `#!/bin/sh
exec sleep 60
`;

/** Takes every key and has none afterwards. */
const forgetful = `#!/bin/sh
[ "$1" = lookup ] && exit 1
cat > /dev/null
`;

/** A `security` that reads its commands as the real one does: words, with quotes and backslashes. */
const security = `#!/bin/sh
exec "${process.execPath}" "$(dirname "$0")/security.cjs" "$@"
`;

const securityScript = `
const fs = require('node:fs');
const here = require('node:path').dirname(process.argv[1]);
const words = process.argv.slice(2);
fs.appendFileSync(here + '/calls', words.join(' ') + '\\n');
const wordsOf = (line) => [...line.matchAll(/"((?:[^"\\\\]|\\\\.)*)"|(\\S+)/g)].map(([, quoted, bare]) => (quoted ?? bare).replaceAll(/\\\\(.)/g, '$1'));
function run([command, ...options]) {
  const valueOf = (flag) => options[options.indexOf(flag) + 1];
  const file = here + '/key-of-' + valueOf('-a');
  if (command === 'add-generic-password') return fs.writeFileSync(file, valueOf('-w'));
  if (!fs.existsSync(file)) process.exit(44);
  if (command === 'delete-generic-password') return fs.rmSync(file);
  console.log(fs.readFileSync(file, 'utf8'));
}
if (words[0] === '-i') fs.readFileSync(0, 'utf8').trim().split('\\n').map(wordsOf).forEach(run);
else run(words);
`;

const programs = { secretTool, failing, hanging, forgetful, security } as const;

/** A directory for the PATH with one fake of a keychain's program in it. */
export async function fakeKeychain(
  kind: keyof typeof programs,
  name: 'secret-tool' | 'security' = 'secret-tool',
): Promise<TempWorkspace> {
  const directory = await tempWorkspace({ [name]: programs[kind], 'security.cjs': securityScript });
  await chmod(directory.path(name), 0o755);
  return directory;
}
