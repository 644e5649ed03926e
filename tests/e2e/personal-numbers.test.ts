import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { type Product, eventually, removeFolder, startProduct, temporaryFolder } from '../support/product';

const id = '1101700230708';

/** A number typed into the chat, looked for in every byte the product left on the disk and in what it printed. */
describe('a national id typed into the chat', () => {
  let product: Product;
  const dataDir = temporaryFolder();

  beforeAll(async () => {
    product = await startProduct({ dataDir, env: { LOG_LEVEL: 'trace' } });
  });

  afterAll(async () => {
    await product.stop();
    removeFolder(dataDir);
  });

  it('is hidden from the transcript, the database and the log, and the person is told', async () => {
    const socket = io(`${product.url}/webchat`, { transports: ['websocket'], reconnection: false });
    const heard: { from: string; reply: { text?: string } }[] = [];
    socket.on('message', (message: (typeof heard)[number]) => heard.push(message));
    const text = `เลขบัตร ${id} เช็กสิทธิ์บัตรทองได้ไหม รหัสลับเจ็ดแปดเก้า`;
    const sent: unknown = await socket.timeout(15_000).emitWithAck('message', { clientId: 'one', text });
    expect(sent).toMatchObject({ ok: true });
    const own = await eventually('the own line', () => heard.find(message => message.from === 'citizen'));
    expect(own.reply.text).toContain('1-xxxx-xxxxx-xx-8');
    await eventually('the word that it was hidden', () =>
      heard.some(message => message.from === 'bot' && message.reply.text?.includes('ปิดไว้แล้ว')),
    );
    socket.disconnect();
    const files = readdirSync(dataDir).filter(
      name => name.startsWith('thamrat.db') && !name.endsWith('.lock'),
    );
    const bytes = files.map(name => readFileSync(join(dataDir, name)).toString('utf8')).join('');
    expect(bytes).toContain('รหัสลับเจ็ดแปดเก้า');
    expect(bytes).not.toContain(id);
    expect(product.output()).not.toContain(id);
  });
});
