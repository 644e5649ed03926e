import { notifications } from '@mantine/notifications';
import { useSorry, useWords } from '../words/words';

/** Short news beside the work: what was done, or a refusal in words. */
export function useTell(): {
  done: (message: string) => void;
  beware: (message: string) => void;
  refused: (code: string) => void;
} {
  const { say } = useWords();
  const sorry = useSorry();
  const show = (message: string, color: string): void => {
    notifications.show({ message, color, closeButtonProps: { 'aria-label': say('dialog.dismiss') } });
  };
  return {
    done: message => show(message, 'teal'),
    beware: message => show(message, 'orange'),
    refused: code => show(sorry(code), 'red'),
  };
}
