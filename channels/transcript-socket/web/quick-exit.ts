/** Where somebody goes who must not be seen here: a page that anybody may be looking at. */
const harmlessPage = 'https://www.tmd.go.th/';
const presses = 3;
const withinMs = 2_000;

export interface QuickExit {
  readonly leave: () => void;
  /** From now on three presses of Esc leave as well. */
  readonly arm: () => void;
}

/**
 * Leaves a page that somebody must not be seen on. The page gives up its place in the history, so "back" does not return to it; one
 * that a browser kept whole in the meantime empties itself when it is shown again to nobody (`isKnown`).
 */
export function createQuickExit(forget: () => void, isKnown: () => boolean): QuickExit {
  let armed = false;
  let pressed: number[] = [];

  function leave(): void {
    forget();
    document.title = '';
    document.body.textContent = '';
    // In a frame the page around it shows what this is about, too.
    (window.top ?? window).location.replace(harmlessPage);
  }

  document.addEventListener('keydown', ({ key, timeStamp }) => {
    pressed = key === 'Escape' ? [...pressed.filter(at => timeStamp - at < withinMs), timeStamp] : [];
    if (armed && pressed.length >= presses) leave();
  });
  let wasKnown = false;
  window.addEventListener('pagehide', () => {
    wasKnown = isKnown();
  });
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted || !wasKnown || isKnown()) return;
    document.body.textContent = '';
    location.reload();
  });

  return {
    leave,
    arm: () => {
      armed = true;
    },
  };
}
