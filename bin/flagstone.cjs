#!/usr/bin/env node
// Read also by versions of Node that are too old for all the rest: nothing here is newer than ECMAScript 5.
var range = require('../package.json').engines.node;

var oldest = /(\d+)\.(\d+)/.exec(range).slice(1).map(Number);
var running = process.versions.node.split('.').map(Number);

if (running[0] > oldest[0] || (running[0] === oldest[0] && running[1] >= oldest[1])) {
  require('./load.cjs');
} else {
  var needed = 'this needs Node ' + oldest.join('.') + ' or later (this is ' + process.versions.node + ')';
  process.stderr.write('flagstone: ' + needed + '; install it from https://nodejs.org/, or with: nvm install 24\n');
  process.exit(2);
}
