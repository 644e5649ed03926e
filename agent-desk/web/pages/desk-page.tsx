import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { ChatPane } from '../parts/chat-pane';
import { ConversationList } from '../parts/conversation-list';
import { PersonPane } from '../parts/person-pane';
import { useWords } from '../words/words';

/** List, conversation, person; on narrow screens one at a time, chosen by the address. */
export function DeskPage(props: { conversation: string | undefined; pane: 'person' | undefined }): ReactNode {
  const { say } = useWords();
  const { conversation, pane } = props;
  const shown = pane ?? (conversation ? 'chat' : 'list');
  return (
    <div className="panes" data-shown={shown}>
      <VisuallyHidden component="h1">{say('nav.desk')}</VisuallyHidden>
      <ConversationList current={conversation} />
      <ChatPane id={conversation} />
      <PersonPane id={conversation} />
    </div>
  );
}
