// Installs and builds, after a look at Node. Old syntax and no imports on purpose: a Node that is far too old (12 is
// what some distributions still install) must be able to read this file and say so.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node 20.19 or newer is needed; this is ${process.version}. Install a newer Node and run this again.`);
  process.exitCode = 1;
} else {
  void import('./install-and-build.mjs');
}
