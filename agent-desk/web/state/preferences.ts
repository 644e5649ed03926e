import { z } from 'zod';
import { createStore } from './store';

const schema = z.object({
  language: z.string().catch('th'),
  theme: z.enum(['light', 'dark', 'auto']).catch('light'),
  /** Text size in percent. */
  textSize: z.number().min(80).max(200).catch(100),
  sound: z.boolean().catch(false),
});
export type Preferences = z.infer<typeof schema>;

const key = 'thamrat-desk';
const usual: Preferences = { language: 'th', theme: 'light', textSize: 100, sound: false };

function remembered(): Preferences {
  try {
    return schema.parse(JSON.parse(localStorage.getItem(key) ?? '{}'));
  } catch {
    return usual;
  }
}

/** How this officer likes the desk, remembered by this browser. Nothing about citizens is kept here. */
export const preferences = createStore<Preferences>(remembered());

export function prefer(change: Partial<Preferences>): void {
  preferences.set(value => ({ ...value, ...change }));
  try {
    localStorage.setItem(key, JSON.stringify(preferences.get()));
  } catch {
    // A browser that keeps nothing still works; the choice lasts as long as the page.
  }
}
