import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError, type Clock, type SentChannel } from '../core';
import type { VoiceChannelParts } from '../channels/voice';
import type { Config } from './config';
import { loadLine, loadSms, loadVoice } from './lazy-channels';

/** What a call needs to know of what is said in it. */
export type CallTexts = Pick<VoiceChannelParts, 'spoken' | 'lastTold' | 'words'>;

/** The second SMS provider; a file that is wrong stops the start and says where. */
function gatewayIn<T>(file: string | undefined, schema: z.ZodType<T>): T | undefined {
  if (file === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new AppError('CONFIGURATION_INVALID', `SMS_GATEWAY_FILE: ${file} cannot be used:\n${why}`, {
      cause: error,
    });
  }
}

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
    const { gatewaySchema, smsChannel } = loadSms();
    const second = gatewayIn(config.smsGatewayFile, gatewaySchema);
    const { voiceFrom, ...account } = config.twilio;
    const publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`;
    channels.push(
      smsChannel({
        ...{ ...account, publicUrl, operatorName: config.operatorShown, clock },
        ...(second ? { second } : {}),
      }),
    );
    if (voiceFrom !== undefined) {
      const { voiceChannel } = loadVoice();
      channels.push(voiceChannel({ ...account, ...calls, from: voiceFrom, publicUrl, clock }));
    }
  }
  return channels;
}
