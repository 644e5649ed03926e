/** Loaded before the product: on SIGUSR2 collects garbage and prints what is still held, bytes. */
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
process.on('SIGUSR2', () => {
  collect();
  collect();
  process.stdout.write(`held ${process.memoryUsage().heapUsed}\n`);
});
