import { Agent } from 'node:https';
import twilio from 'twilio';
import { connecting } from './connecting';

it('has room for the texts that are sent at once: the SDK keeps as many connections as it is told', () => {
  const client = twilio(`AC${'0'.repeat(32)}`, 'token', { ...connecting });
  const agent: unknown = client.httpClient.axios.defaults.httpsAgent;
  expect(agent).toBeInstanceOf(Agent);
  expect(agent).toMatchObject({
    maxSockets: 100,
    maxTotalSockets: 100,
    maxFreeSockets: 100,
    keepAlive: true,
  });
});
