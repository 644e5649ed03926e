/**
 * Puts the chat on any site: `<script src="https://…/widget.js" async></script>`. With `data-language="en"` the chat begins in that
 * language; `data-label` and `data-close-label` change the words of the button. Touches nothing of the page around it.
 */
const script = document.currentScript;

const words: Readonly<Record<string, { open: string; close: string; title: string }>> = {
  th: { open: 'ถามรัฐ', close: 'ปิดแชต', title: 'แชตถามรัฐ' },
  en: { open: 'Ask ThamRat', close: 'Close chat', title: 'ThamRat chat' },
};

const css = `
  :host { all: initial; }
  button {
    position: fixed; right: 16px; bottom: 16px; z-index: 2147483000; min-height: 56px; padding: 0 22px;
    border: 2px solid #fff; border-radius: 28px; background: #0b6e69; color: #fff; cursor: pointer;
    font: 600 18px/1.6 'Noto Sans Thai', 'Leelawadee UI', Thonburi, sans-serif; box-shadow: 0 2px 10px rgba(0, 0, 0, 0.3);
  }
  button:focus-visible { outline: 3px solid #0b6e69; outline-offset: 3px; }
  iframe {
    position: fixed; right: 16px; bottom: 84px; z-index: 2147483000; width: 400px; height: 640px;
    max-width: calc(100vw - 32px); max-height: calc(100vh - 100px);
    border: 1px solid #8a9391; border-radius: 12px; background: #f7f5f2; box-shadow: 0 4px 24px rgba(0, 0, 0, 0.25);
  }
  [hidden] { display: none; }
  @media (max-width: 480px) {
    iframe { right: 0; left: 0; top: 0; bottom: 76px; width: 100vw; height: calc(100vh - 84px); max-width: none; max-height: none; border-radius: 0; border: 0; }
  }
  @media print { button, iframe { display: none; } }
`;

/** A style sheet that also works where the site forbids inline styles. */
function dress(root: ShadowRoot): void {
  if ('adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    return;
  }
  const style = document.createElement('style');
  style.textContent = css;
  root.append(style);
}

function install(source: HTMLScriptElement): void {
  const chat = new URL('/chat', source.src);
  const language = source.dataset['language'];
  if (language) chat.searchParams.set('language', language);
  const said = words[language ?? 'th'] ?? { open: 'ถามรัฐ', close: 'ปิดแชต', title: 'แชตถามรัฐ' };
  const open = source.dataset['label'] ?? said.open;
  const close = source.dataset['closeLabel'] ?? said.close;

  const host = document.createElement('div');
  host.lang = language ?? 'th';
  const root = host.attachShadow({ mode: 'open' });
  dress(root);
  const button = document.createElement('button');
  button.type = 'button';
  let frame: HTMLIFrameElement | undefined;

  function show(opened: boolean): void {
    if (opened && !frame) {
      frame = document.createElement('iframe');
      frame.title = said.title;
      frame.src = chat.href;
      root.insertBefore(frame, button);
    }
    if (frame) frame.hidden = !opened;
    button.textContent = opened ? close : open;
    button.setAttribute('aria-expanded', String(opened));
    if (opened) frame?.focus();
  }

  button.addEventListener('click', () => show(!frame || frame.hidden === true));
  window.addEventListener('message', event => {
    const closes = event.origin === chat.origin && event.source === frame?.contentWindow;
    if (!closes || typeof event.data !== 'object' || event.data === null || !('thamrat' in event.data))
      return;
    show(false);
    button.focus();
  });
  root.append(button);
  show(false);
  document.body.append(host);
}

if (script instanceof HTMLScriptElement) {
  if (document.body) install(script);
  else document.addEventListener('DOMContentLoaded', () => install(script));
}
