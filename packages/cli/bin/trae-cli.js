#!/usr/bin/env node
'use strict';
// Checked in, so that the link to it exists before the first build; CommonJS, because Node starts it soonest and
// because even a Node that is far too old can read it and say so.
const { existsSync, readFileSync } = require('fs');
const { join } = require('path');

const bundle = join(__dirname, '..', 'bundle');
const [major, minor] = process.versions.node.split('.').map(Number);
const words = process.argv.slice(2);

/** What needs no loading at all: the version, and the help that the build has written down. */
function quickAnswer() {
  if (words.length === 1 && (words[0] === '--version' || words[0] === '-V'))
    return `${require('../package.json').version}\n`;
  if (words.length > 1 || (words.length === 1 && words[0] !== '--help' && words[0] !== '-h')) return undefined;
  const help = join(bundle, 'help.txt');
  return existsSync(help) ? readFileSync(help, 'utf8') : undefined;
}

/** A reader that leaves early is no failure; a full disk is. */
function print(answer) {
  process.stdout.on('error', ({ code, message }) => {
    if (code === 'EPIPE') return;
    console.error(`Error: Standard output could not be written: ${message}.`);
    process.exitCode = 1;
  });
  process.stdout.write(answer);
}

function start() {
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(
      `trae-cli needs Node 20.19 or newer; this is ${process.version}. Install a newer Node and run it again.`,
    );
    process.exitCode = 2;
    return;
  }
  const answer = quickAnswer();
  if (answer !== undefined) {
    print(answer);
  } else if (existsSync(join(bundle, 'bin.js'))) {
    void import('../bundle/bin.js');
  } else {
    console.error('trae-cli is not built yet. Run `npm run build` in the root of the checkout.');
    process.exitCode = 2;
  }
}

start();
