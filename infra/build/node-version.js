/**
 * Runs before anything else, on whatever `node` the shell found: plain JavaScript that an old Node can read.
 * npm puts node_modules/.bin first in the path, and the optional packages node-linux-* bring a current `node` there.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 13)) {
  console.error(`Glyphgate needs Node 22.13 or newer; this is Node ${process.versions.node} (${process.execPath}).

On Linux (x64, arm64) npm brings a current Node along for its own scripts, as an optional package. It is missing here. Either
  · install again with the optional packages:  npm ci --include=optional
    and start through npm (npm start, npm test, npx glyphgate), not with the shell's own node; or
  · install Node 22.13 or newer on this machine.`);
  process.exit(1);
}
