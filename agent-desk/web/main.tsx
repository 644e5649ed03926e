import '@fontsource/noto-sans-thai/400.css';
import '@fontsource/noto-sans-thai/600.css';
import '@fontsource/sarabun/400.css';
import '@fontsource/sarabun/600.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './desk.css';
import './knowledge.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import en from '../../locales/en/desk.json';
import th from '../../locales/th/desk.json';
import { App } from './app';
import { Broken } from './pages/broken';
import { fetchCatalogues } from './words/words';

/** The sentences as they were built in, for when the server cannot be asked yet; its own are newer and may be more languages. */
const builtIn = { th, en };

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) return;
  const catalogues = await fetchCatalogues().catch(() => builtIn);
  createRoot(root).render(
    <StrictMode>
      <Broken>
        <App catalogues={{ ...builtIn, ...catalogues }} />
      </Broken>
    </StrictMode>,
  );
}

void start();
