import { Queue, Worker, createNodeRedisClient } from 'bullmq';
import { createClient } from 'redis';
import { eachOf } from '../../sms/together';
import { redisProcess } from '../../tests/support/redis-process';
import { type Scheduled, type SendingRun, due, morning, partsOf, reminderOf, sending } from '../reminder-run';

/** So many jobs in one request, and so many requests under way. */
const jobsPerRequest = 500;
const requestsAtOnce = 2;

/** The peer: one delayed BullMQ job for each reminder, whose worker posts the same form to the same provider. */
export async function bullDelayed({ size, twilio, watch }: SendingRun): Promise<Scheduled> {
  const redis = await redisProcess('noeviction');
  await redis.start();
  const client = createClient({ url: redis.url });
  await client.connect();
  const connection = createNodeRedisClient(client);
  const queue = new Queue<{ phone: string }>('reminders', { connection });
  const used = async (): Promise<number> =>
    Number(/^used_memory:(\d+)/mu.exec(await client.info('memory'))?.[1] ?? '0') / 1024 / 1024;
  try {
    const empty = await used();
    const scheduling = watch(`peer: ${size} scheduled`, size);
    await eachOf(partsOf(size, jobsPerRequest), requestsAtOnce, async numbers => {
      const jobs = numbers.map(number => {
        const { text, phone = '' } = reminderOf(number);
        // What is due is due when everything has been scheduled; the others lie over the next year.
        const delay = number < due ? 1 : reminderOf(number).dueAt - morning;
        return {
          name: 'send',
          data: { text, phone },
          opts: { delay, jobId: `r${number}`, removeOnComplete: true },
        };
      });
      await queue.addBulk(jobs);
      scheduling.done(jobs.length);
    });
    const perSecond = scheduling.perSecond();
    const kept = (await used()) - empty;
    let worker: Worker<{ phone: string }> | undefined;
    const sent = await sending(twilio, due, async () => {
      worker = new Worker<{ phone: string }>(
        'reminders',
        async job => {
          const form = new URLSearchParams({
            To: job.data.phone,
            From: '+15005550006',
            Body: 'x'.repeat(120),
          });
          const url = `${twilio.url}/2010-04-01/Accounts/AC/Messages.json`;
          const response = await fetch(url, { method: 'POST', body: form });
          await response.arrayBuffer();
        },
        { connection, concurrency: 64 },
      );
    });
    await worker?.close();
    return { perSecond, megabytes: kept, sent };
  } finally {
    await queue.close();
    client.destroy();
    await redis.kill();
  }
}
