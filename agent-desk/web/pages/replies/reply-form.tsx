import { Button, TextInput, Textarea } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { Options } from '../../parts/options';
import { codeOf } from '../../state/api';
import { type CannedDraft, type CannedReply, cannedApi } from '../../state/canned-api';
import { useDesk } from '../../state/desk-context';
import { filledText, shownText, slotName, slots, storedText } from '../../words/canned';
import { useWords } from '../../words/words';
import { Refusal } from '../../parts/problem';

const languages = ['th', 'en'] as const;
type Language = (typeof languages)[number];

/** Writes a canned reply, or changes one; what the desk fills in is put in by buttons. */
export function ReplyForm(props: {
  reply: CannedReply | undefined;
  onSaved: () => void;
  onCancel: () => void;
}): ReactNode {
  const { reply } = props;
  const { say } = useWords();
  const { officer } = useDesk();
  const leads = officer.role !== 'officer';
  const [name, setName] = useState(reply?.name ?? '');
  const [texts, setTexts] = useState({
    th: shownText(say, reply?.text.th ?? ''),
    en: shownText(say, reply?.text.en ?? ''),
  });
  const [shared, setShared] = useState<'agency' | 'mine'>(leads ? 'agency' : 'mine');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const boxes = useRef<Partial<Record<Language, HTMLTextAreaElement | null>>>({});
  const last = useRef<Language>('th');
  const setText = (language: Language, text: string): void =>
    setTexts(before => ({ ...before, [language]: text }));

  /** Where the cursor stood last. */
  function put(words: string): void {
    const box = boxes.current[last.current];
    if (!box) return;
    const { selectionStart, selectionEnd, value } = box;
    setText(last.current, value.slice(0, selectionStart) + words + value.slice(selectionEnd));
    box.focus();
  }

  async function save(): Promise<void> {
    const en = storedText(say, texts.en.trim());
    const draft: CannedDraft = {
      name: name.trim(),
      text: { th: storedText(say, texts.th.trim()), ...(en ? { en } : {}) },
    };
    setBusy(true);
    try {
      await (reply ? cannedApi.change(reply.id, draft) : cannedApi.make(draft, shared === 'agency'));
      props.onSaved();
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  }
  const sample = filledText(say, storedText(say, texts.th), {
    person: say('canned.sample.person'),
    officer: officer.name,
    reference: '6900 1234 5678',
  });
  return (
    <form
      className="form"
      aria-label={say(reply ? 'canned.edit' : 'canned.new')}
      onSubmit={event => {
        event.preventDefault();
        if (!busy && name.trim() && texts.th.trim()) void save();
      }}
      onKeyDown={event => {
        if (event.ctrlKey && event.key === 'Enter') event.currentTarget.requestSubmit();
      }}
    >
      <TextInput
        autoFocus
        label={say('canned.name')}
        description={say('canned.name.hint')}
        value={name}
        maxLength={80}
        required
        autoComplete="off"
        onChange={event => setName(event.currentTarget.value)}
      />
      {languages.map(language => (
        <Textarea
          key={language}
          ref={element => {
            boxes.current[language] = element;
          }}
          label={say(`canned.text.${language}`)}
          autosize
          minRows={3}
          maxRows={10}
          maxLength={4000}
          required={language === 'th'}
          value={texts[language]}
          onFocus={() => {
            last.current = language;
          }}
          onChange={event => setText(language, event.currentTarget.value)}
        />
      ))}
      <div className="row" role="group" aria-label={say('canned.put')}>
        <span className="quiet">{say('canned.put')}</span>
        {slots.map(slot => (
          <Button key={slot} variant="default" size="compact-md" onClick={() => put(slotName(say, slot))}>
            {say(`canned.slot.${slot}`)}
          </Button>
        ))}
      </div>
      {texts.th.trim() ? (
        <div className="canned-sample">
          <small className="quiet">{say('canned.sample')}</small>
          <p>{sample}</p>
        </div>
      ) : null}
      {leads && !reply ? (
        <Options
          label={say('canned.for')}
          value={shared}
          onChange={setShared}
          options={[
            { value: 'agency', label: say('canned.for.agency') },
            { value: 'mine', label: say('canned.for.mine') },
          ]}
        />
      ) : null}
      <Refusal code={problem} />
      <div className="form-end">
        <Button variant="default" onClick={props.onCancel}>
          {say('canned.cancel')}
        </Button>
        <Button type="submit" loading={busy}>
          {say('canned.save')}
        </Button>
      </div>
    </form>
  );
}
