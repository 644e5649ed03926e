/**
 * Preloaded by fault tests: ends the process (SIGKILL) when it reaches a named step for the n-th time.
 * KILL_POINT is the step, KILL_AT the count. The product itself knows nothing of this.
 */
const { subscribe } = require('node:diagnostics_channel');

const point = process.env.KILL_POINT;
let left = Number(process.env.KILL_AT ?? '1');
if (point) {
  subscribe('thamrat:step', step => {
    if (step.point !== point) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  });
}
