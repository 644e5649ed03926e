import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { CommitOrder } from './commits';
import { connect } from './database';
import { createWriter, type Write } from './writes';

/** Writes that one transaction carries at most. */
const writesPerCommit = 1_000;

if (parentPort) {
  const port = parentPort;
  const { file, shapes } = workerData as CommitOrder;
  const make = createWriter(connect(file), shapes);

  /** What came while the last commit waited for the disk goes with the next one. */
  port.on('message', (first: readonly Write[]) => {
    const writes = [...first];
    while (writes.length < writesPerCommit) {
      const more: { readonly message: readonly Write[] } | undefined = receiveMessageOnPort(port);
      if (!more) break;
      writes.push(...more.message);
    }
    port.postMessage(make(writes));
  });
}
