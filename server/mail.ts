import { createTransport } from 'nodemailer';
import type { Attempt, Mail, SendMail } from '../cases';

const timeoutMs = 20_000;

const codeOf = (error: unknown): number | undefined => {
  const code =
    typeof error === 'object' && error !== null && 'responseCode' in error ? error.responseCode : undefined;
  return typeof code === 'number' ? code : undefined;
};

/** Sends by SMTP. A message keeps its Message-ID when it is sent again, so that a receiver can drop the double. */
export function smtpMail({ url, from }: { readonly url: string; readonly from: string }): SendMail {
  const transport = createTransport({
    url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Nothing that a text could point at is read or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.split('@')[1]?.replace(/[^\w.-].*$/u, '') ?? 'localhost';
  return async ({ id, to, subject, text }: Mail): Promise<Attempt> => {
    try {
      await transport.sendMail({
        from,
        to: [...to],
        subject,
        text,
        messageId: `<${Buffer.from(id).toString('hex')}@${domain}>`,
        headers: { 'auto-submitted': 'auto-generated' },
      });
      return { outcome: 'sent' };
    } catch (error) {
      const code = codeOf(error);
      const why = error instanceof Error ? error.message.replace(/(?<!\S)\S+@\S+/gu, '…') : 'no answer';
      return code !== undefined && code >= 500 ? { outcome: 'refused', why } : { outcome: 'retry', why };
    }
  };
}
