import type { Clock, SentChannel } from '../core';
import type { VoiceChannelParts } from '../channels/voice';
import type { Config } from './config';
import { loadLine, loadSms, loadVoice } from './lazy-channels';

/** What a call needs to know of what is said in it. */
export type CallTexts = Pick<VoiceChannelParts, 'spoken' | 'lastTold' | 'words'>;

/** The vendor channels that are configured; a vendor's package is loaded only then. */
export function vendorChannels(config: Config, clock: Clock, calls: CallTexts): SentChannel[] {
  const channels: SentChannel[] = [];
  if (config.line) {
    const { lineChannel } = loadLine();
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
    const { smsChannel } = loadSms();
    const { voiceFrom, ...account } = config.twilio;
    const publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`;
    channels.push(smsChannel({ ...account, publicUrl, operatorName: config.operatorName, clock }));
    if (voiceFrom !== undefined) {
      const { voiceChannel } = loadVoice();
      channels.push(voiceChannel({ ...account, ...calls, from: voiceFrom, publicUrl, clock }));
    }
  }
  return channels;
}
