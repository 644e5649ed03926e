import { messagingApi, middleware, type webhook } from '@line/bot-sdk';
import express from 'express';

/** The plainest bot on @line/bot-sdk and Express: answers every text with itself; stores nothing. */
const [secret = '', token = '', baseURL = ''] = process.argv.slice(2);
const client = new messagingApi.MessagingApiClient({ channelAccessToken: token, baseURL });
const app = express();

async function echo(event: webhook.Event): Promise<void> {
  if (event.type !== 'message' || event.message.type !== 'text' || !event.replyToken) return;
  await client.replyMessage({
    replyToken: event.replyToken,
    messages: [{ type: 'text', text: event.message.text }],
  });
}

app.post('/webhooks/line', middleware({ channelSecret: secret }), async (request, response) => {
  const { events } = request.body as { events: webhook.Event[] };
  await Promise.all(events.map(echo));
  response.send('ok');
});

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`listening ${typeof address === 'object' && address ? address.port : 0}\n`);
});
