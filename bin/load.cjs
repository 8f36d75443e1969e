'use strict';

// A file of its own: no old version of Node can read the word import.
import('../dist/flagstone.js').catch((error) => {
  const isBuilt = error.code !== 'ERR_MODULE_NOT_FOUND' || !error.message.includes('flagstone.js');
  process.stderr.write(isBuilt ? `flagstone: ${error.stack}\n` : 'flagstone: it is not built yet; run: npm ci\n');
  process.exit(isBuilt ? 1 : 2);
});
