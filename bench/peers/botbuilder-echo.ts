import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
} from 'botbuilder';
import express from 'express';

/** The plainest bot on botbuilder and Express: answers every text with itself; stores nothing. */
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const bot = new ActivityHandler();
bot.onMessage(async (context, next) => {
  await context.sendActivity(MessageFactory.text(context.activity.text));
  await next();
});

const app = express();
app.use(express.json());
app.post('/api/messages', (request, response, next) => {
  adapter.process(request, response, context => bot.run(context)).catch(next);
});

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`listening ${typeof address === 'object' && address ? address.port : 0}\n`);
});
