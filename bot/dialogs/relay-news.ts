import type { Dialog } from '../../core';
import type { CaseDialogParts } from './case-parts';

/** A leader says that they have read an announcement, or that the village has heard it. */
export function relayNews({ cases, say }: CaseDialogParts): Dialog {
  return {
    name: 'relay-news',
    choice: 'relay-news',
    async start(turn) {
      const { language, now, event } = turn;
      const [, word, ...rest] = (turn.choice ?? '').split(':');
      const personId = await cases.personOf(event.addressId);
      const state = word === 'passed-on' ? 'passed-on' : 'seen';
      const announcementId = rest.join(':');
      return {
        replies: [
          state === 'seen'
            ? {
                kind: 'choices',
                text: say(language, 'relay-news.thanks-seen'),
                choices: [
                  {
                    id: `relay-news:passed-on:${announcementId}`,
                    label: say(language, 'relay-news.passed-on'),
                  },
                ],
              }
            : { kind: 'text', text: say(language, 'relay-news.thanks-passed-on') },
        ],
        outcome: 'smalltalk',
        ...(personId && announcementId
          ? { commands: [{ kind: 'relay.receipt', data: { announcementId, personId, state, at: now } }] }
          : {}),
      };
    },
  };
}
