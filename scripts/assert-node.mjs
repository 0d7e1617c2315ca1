/**
 * Refuses an old Node with one clear sentence. Plain JavaScript, so that a Node that cannot load TypeScript can still say so:
 * `node --import ./scripts/assert-node.mjs scripts/x.ts` runs it before the TypeScript file is looked at.
 */
import module from 'node:module';
import process from 'node:process';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `This project needs Node 22.18 or newer, this is ${process.versions.node}: start it through npm after "npm ci" (npm start, npm run demo), which brings a newer Node on Linux, or install Node 24 from https://nodejs.org.\n`,
  );
  process.exit(1);
}

// Types are stripped and modules compiled once, not at each start; where the cache cannot be kept, nothing is lost.
module.enableCompileCache?.();
