import { NativeSelect, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { prefer, preferences } from '../state/preferences';
import { useStore } from '../state/store';
import { useWords } from '../words/words';

const textSizes = [100, 115, 130, 150, 200] as const;

export function LanguageChoice(): ReactNode {
  const { say, language, languages } = useWords();
  return (
    <NativeSelect
      label={say('menu.language')}
      value={language}
      data={languages.map(({ code, name }) => ({ value: code, label: name }))}
      onChange={event => prefer({ language: event.currentTarget.value })}
    />
  );
}

/** How the desk looks and sounds for this officer. */
export function Settings(): ReactNode {
  const { say } = useWords();
  const chosen = useStore(preferences, value => value);
  return (
    <div className="settings">
      <LanguageChoice />
      <NativeSelect
        label={say('menu.theme')}
        value={chosen.theme}
        data={(['light', 'dark', 'auto'] as const).map(value => ({
          value,
          label: say(`menu.theme.${value}`),
        }))}
        onChange={event => {
          const { value } = event.currentTarget;
          if (value === 'light' || value === 'dark' || value === 'auto') prefer({ theme: value });
        }}
      />
      <NativeSelect
        label={say('menu.text')}
        value={String(chosen.textSize)}
        data={textSizes.map(size => ({
          value: String(size),
          label: say('menu.text.percent', { percent: size }),
        }))}
        onChange={event => prefer({ textSize: Number(event.currentTarget.value) })}
      />
      <Switch
        label={say('menu.sound')}
        checked={chosen.sound}
        onChange={event => prefer({ sound: event.currentTarget.checked })}
      />
    </div>
  );
}
