import type { Clock, SentChannel } from '../core';
import type { Config } from './config';

/** The vendor channels that are configured; a vendor's package is loaded only then. */
export async function vendorChannels(config: Config, clock: Clock): Promise<SentChannel[]> {
  const channels: SentChannel[] = [];
  if (config.line) {
    const { lineChannel } = await import('../channels/line/index.js');
    const { channelSecret: secret, channelAccessToken: token, apiBaseUrl, dataApiBaseUrl } = config.line;
    channels.push(
      lineChannel({
        ...{ account: 'main', secret, token, clock },
        ...(apiBaseUrl ? { apiBaseUrl } : {}),
        ...(dataApiBaseUrl ? { dataApiBaseUrl } : {}),
      }),
    );
  }
  if (config.twilio) {
    const { smsChannel } = await import('../channels/sms/index.js');
    const publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`;
    channels.push(smsChannel({ ...config.twilio, publicUrl, operatorName: config.operatorName, clock }));
  }
  return channels;
}
