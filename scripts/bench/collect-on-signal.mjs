/** Preloaded into a server that is measured (with --expose-gc): SIGUSR2 collects all garbage, so that what is left is held. */
process.on('SIGUSR2', () => globalThis.gc?.());
