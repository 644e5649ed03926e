/** The vendors' channels, each loaded with its packages only where it is configured: by a plain `require`, which every runtime can follow. */
export function loadLine(): typeof import('../channels/line') {
  const line: typeof import('../channels/line') = require('../channels/line');
  return line;
}

export function loadSms(): typeof import('../channels/sms') {
  const sms: typeof import('../channels/sms') = require('../channels/sms');
  return sms;
}

export function loadVoice(): typeof import('../channels/voice') {
  const voice: typeof import('../channels/voice') = require('../channels/voice');
  return voice;
}
