import { Agent } from 'node:https';
import { twilioClient } from './client';

it('has room for the texts that are sent at once: the SDK keeps as many connections as it is told', () => {
  const client = twilioClient({ accountSid: `AC${'0'.repeat(32)}`, authToken: 'token', timeoutMs: 1_000 });
  const agent: unknown = client.httpClient.axios.defaults.httpsAgent;
  expect(agent).toBeInstanceOf(Agent);
  expect(agent).toMatchObject({
    maxSockets: 100,
    maxTotalSockets: 100,
    maxFreeSockets: 100,
    keepAlive: true,
  });
});
