import { useTell } from '../parts/tell';
import { useWords } from '../words/words';
import { useDesk } from './desk-context';
import { go } from './route';

/** Takes a conversation, opens it and puts the cursor where the answer goes; says who was faster if somebody was. */
export function useClaim(): (conversation: string) => void {
  const { live } = useDesk();
  const { say } = useWords();
  const tell = useTell();
  return conversation => {
    void live.claim(conversation).then(answer => {
      if ('ok' in answer) return tell.refused(answer.code);
      go({ page: 'desk', conversation });
      if (answer.outcome === 'claimed') return focusReply();
      const message = answer.by ? say('claim.taken-by', { name: answer.by }) : say('claim.taken');
      return tell.beware(message);
    });
  };
}

/** The reply box appears with the news that the conversation is mine, a moment after the answer. */
export function focusReply(tries = 20): void {
  const box = document.getElementById('reply');
  if (box) box.focus();
  else if (tries > 0) setTimeout(() => focusReply(tries - 1), 50);
}
