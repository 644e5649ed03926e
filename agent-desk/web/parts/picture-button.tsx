import { Button, FileButton } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { codeOf } from '../state/api';
import { fileApi } from '../state/file-api';
import { newId } from '../state/new-id';
import { useWords } from '../words/words';
import { useTell } from './tell';

/** Sends a picture from this computer; what stands in the reply box goes with it. */
export function PictureButton(props: {
  conversationId: string;
  text: string;
  disabled: boolean;
  onSent: () => void;
}): ReactNode {
  const { say } = useWords();
  const tell = useTell();
  const send = (picture: Blob | null): void => {
    if (!picture) return;
    const words = props.text.trim() || say('composer.picture-text');
    fileApi
      .send(props.conversationId, newId(), picture, words.slice(0, 300))
      .then(props.onSent, (error: unknown) => tell.refused(codeOf(error)));
  };
  return (
    <FileButton disabled={props.disabled} onChange={send} accept="image/png,image/jpeg">
      {button => (
        <Button
          variant="default"
          disabled={props.disabled}
          leftSection={<IconPhoto className="icon" aria-hidden />}
          {...button}
        >
          {say('composer.picture')}
        </Button>
      )}
    </FileButton>
  );
}
