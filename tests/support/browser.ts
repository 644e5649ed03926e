import AxeBuilder from '@axe-core/playwright';
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, type Page, chromium } from 'playwright-core';

const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Declares `suite` where there is a browser; elsewhere it is skipped, and its title says so. */
export function describeInBrowser(title: string, suite: () => void): void {
  if (existsSync(chromiumPath)) describe(title, suite);
  else describe.skip(`${title} (no browser at CHROMIUM_PATH)`, suite);
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath, args: quiet });

/** A page of a person of its own, and everything the browser complained about meanwhile. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[]; close: () => Promise<void> }> {
  const context = await browser.newContext({
    locale: 'th-TH',
    viewport: { width: 360, height: 740 },
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(error.message));
  return { page, complaints, close: () => context.close() };
}

/** What an automated check of WCAG finds that keeps somebody out. */
export async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target.join(' ')).join(', ')}`);
}

/** Texts of what can be touched in `selector` and is lower than `height` or narrower than `width`, px. */
export const smallTargets = (
  page: Page,
  selector: string,
  width: number,
  height: number,
): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll(${JSON.stringify(selector)})].flatMap(target => {
    const box = target.getBoundingClientRect();
    const shown = box.width > 0 && box.height > 0;
    return shown && (box.width < ${width} || box.height < ${height}) ? [target.textContent] : [];
  })`);

/** How far the page is wider than the screen, px. */
export const tooWide = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Widths that every page has to fit, and twice the text size: by zoom, which halves the screen, and by the letters alone. */
export const screens: readonly (readonly [string, { width: number; height: number; letters?: number }])[] = [
  ['360 px', { width: 360, height: 740 }],
  ['768 px', { width: 768, height: 1024 }],
  ['1280 px', { width: 1280, height: 800 }],
  ['1280 px at 200 %', { width: 640, height: 400 }],
  ['360 px with letters twice as large', { width: 360, height: 740, letters: 200 }],
];

/** Enlarges letters as a browser's text-only zoom does. */
export const enlarge = (page: Page, percent: number): Promise<unknown> =>
  page.evaluate(`document.documentElement.style.fontSize = '${percent}%'`);
