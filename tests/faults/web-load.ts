import { setTimeout as pause } from 'node:timers/promises';
import { type Socket, io } from 'socket.io-client';
import type { Random } from '../support/random';
import { type Ledger, listOf } from './ledger';

const texts = ['ทำพาสปอร์ตใช้อะไรบ้าง', 'ลูกเพิ่งเกิดต้องแจ้งที่ไหน', 'ok', 'ค่าไฟแพงมาก', 'ขอบคุณครับ'] as const;
const ackWithinMs = 4_000;
/** What a visitor waits before a message that was refused is sent again, ms. */
const againAfterMs = 200;

interface Line {
  readonly seq: number;
  readonly id: string;
}

/** One person with the web chat open: sends, resends what was not acknowledged, and keeps what the screen shows. */
export interface WebVisitor {
  connect(url: string): void;
  disconnect(): void;
  /** Sends one message, the same again until it is acknowledged. Resolves `false` when the connection is lost. */
  sendOne(): Promise<boolean>;
  /** Highest number on the screen. */
  shownTo(): number;
}

export function webVisitor(name: string, ledger: Ledger, random: Random): WebVisitor {
  let socket: Socket | undefined;
  /** Whether the product has let the visitor in; never rejects. */
  let isIn: Promise<boolean> = Promise.resolve(false);
  let visitor: string | undefined;
  let unanswered: { clientId: string; text: string } | undefined;
  let count = 0;
  const shown = listOf(ledger.shown, name);

  function open(url: string): Socket {
    const opened = io(`${url}/webchat`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      auth: { ...(visitor === undefined ? {} : { visitor }), lastSeq: shown.at(-1)?.seq ?? 0 },
    });
    isIn = new Promise(resolve => {
      opened.on('welcome', (welcome: { visitor: string; conversation: string; seq: number }) => {
        // The screen is emptied where the conversation ends before what it shows, as the page does: a greeting that was never kept.
        if (welcome.seq < (shown.at(-1)?.seq ?? 0)) shown.length = 0;
        visitor = welcome.visitor;
        ledger.conversations.set(name, welcome.conversation);
        resolve(true);
      });
      opened.on('connect_error', () => resolve(false));
      opened.on('disconnect', () => resolve(false));
    });
    opened.on('message', (line: Line) => shown.push({ seq: line.seq, id: line.id }));
    return opened;
  }

  return {
    connect(url) {
      socket?.disconnect();
      socket = open(url);
    },
    disconnect() {
      socket?.disconnect();
      socket = undefined;
    },
    async sendOne() {
      if (!(await isIn) || !socket?.connected) return false;
      if (!unanswered) {
        count += 1;
        unanswered = { clientId: `${name}-${count}`, text: `${random.pick(texts)} (${count})` };
      }
      const sent = unanswered;
      ledger.attempts += 1;
      try {
        const ack: unknown = await socket.timeout(ackWithinMs).emitWithAck('message', sent);
        if (typeof ack !== 'object' || ack === null || !('ok' in ack) || ack.ok !== true || !('seq' in ack)) {
          await pause(againAfterMs);
          return true;
        }
        listOf(ledger.web, name).push({ clientId: sent.clientId, seq: Number(ack.seq), text: sent.text });
        unanswered = undefined;
        return true;
      } catch {
        return socket.connected;
      }
    },
    shownTo: () => shown.at(-1)?.seq ?? 0,
  };
}
