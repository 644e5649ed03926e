/**
 * Preloaded by tests that own the hour of a process: it begins CLOCK_OFFSET_MS away from the machine's, and jumps by CLOCK_JUMP_MS,
 * there and back again, at each SIGUSR2. The product itself knows nothing of this.
 */
const real = Date.now;
let offset = Number(process.env.CLOCK_OFFSET_MS ?? '0');
let jump = Number(process.env.CLOCK_JUMP_MS ?? '0');
Date.now = () => real() + offset;
process.on('SIGUSR2', () => {
  offset += jump;
  jump = -jump;
});
