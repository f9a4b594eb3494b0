/** Loaded into a server process (`--import`): tells the parent, when asked, how much CPU time the process has used. */
process.on('message', (message) => {
  if (message === 'cpu') {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMicros: user + system });
  }
});
// A server without its bench has nothing to do.
process.on('disconnect', () => process.exit());
