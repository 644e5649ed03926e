import { Button } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { type File, fileApi } from '../state/file-api';
import { useAsk } from '../state/hooks';
import { useWords } from '../words/words';
import { useWork } from './work';
import { Problem } from './problem';

/** A file that is kept: a picture is shown on the page, anything else is saved by the browser; each look is recorded. */
function Kept({ file }: { file: File }): ReactNode {
  const { say } = useWords();
  const { problem, busy, work } = useWork();
  const [picture, setPicture] = useState<string>();
  const show = async (): Promise<void> => {
    const url = await fileApi.link(file.id);
    if (file.kind?.startsWith('image/')) setPicture(url);
    else location.assign(url);
  };
  return (
    <>
      {picture ? (
        <img className="sent-picture" src={picture} alt={file.name} />
      ) : (
        <Button
          variant="default"
          loading={busy}
          leftSection={<IconPaperclip className="icon" aria-hidden />}
          onClick={() => work(show)}
        >
          {say('file.show', { name: file.name })}
        </Button>
      )}
      {file.place ? <p className="quiet">{say('file.place', file.place)}</p> : null}
      <Problem text={problem} />
    </>
  );
}

export function FileView({ file }: { file: File }): ReactNode {
  const { say } = useWords();
  return file.state === 'kept' ? <Kept file={file} /> : <p className="quiet">{say(`file.${file.state}`)}</p>;
}

/** The file behind a message, if one is or was kept. */
export function Attachment(props: { conversationId: string; reference: string }): ReactNode {
  const { conversationId, reference } = props;
  const { data } = useAsk(`${conversationId} ${reference}`, () => fileApi.ofConversation(conversationId));
  const file = data?.find(each => each.reference === reference);
  return file ? <FileView file={file} /> : null;
}

/** Everything that came with a case. */
export function CaseFiles({ caseId }: { caseId: string }): ReactNode {
  const { data } = useAsk(caseId, () => fileApi.ofCase(caseId));
  return (data ?? []).map(file => <FileView key={file.id} file={file} />);
}
