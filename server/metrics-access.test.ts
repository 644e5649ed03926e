import express from 'express';
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpFailure } from './errors';
import { metricsAccess } from './metrics-access';

const token = 'a token of the operator';

describe('who may read the figures', () => {
  const servers: Server[] = [];
  async function open(given: string | undefined): Promise<string> {
    const web = express();
    web.get('/metrics', metricsAccess(given), (_request, response) => void response.send('figures'));
    web.use(((error, _request, response, _next) => {
      response.sendStatus(httpFailure(error).status);
    }) satisfies express.ErrorRequestHandler);
    const server = createServer(web).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
  }
  afterAll(() => servers.forEach(server => server.close()));

  it.each([
    ['nothing', undefined, 401],
    ['another token', 'Bearer a token of the operator.', 401],
    ['the token without its scheme', token, 401],
    ['the token', `Bearer ${token}`, 200],
  ] as const)('answers %s, where a token is set', async (_, authorization, status) => {
    const headers = { 'x-forwarded-for': '203.0.113.7', ...(authorization ? { authorization } : {}) };
    expect((await fetch(await open(token), { headers })).status).toBe(status);
  });

  it('answers this machine where none is set, and nothing that a proxy handed on', async () => {
    const url = await open(undefined);
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(url, { headers: { 'x-forwarded-for': '127.0.0.1' } })).status).toBe(403);
    expect((await fetch(url, { headers: { forwarded: 'for=127.0.0.1' } })).status).toBe(403);
  });
});
