/** Style of the register's pages; a file of its own because our pages carry no inline styles. */
export const pageCss = `
:root { color-scheme: light dark; --ink: #1f2423; --soft: #4d5654; --paper: #fbfaf8; --card: #fff; --accent: #0b6e69; --line: #d9d5ce; --warm: #7a4b00; --warm-paper: #fff4df; --danger: #a3231a; }
@media (prefers-color-scheme: dark) { :root { --ink: #ecebe8; --soft: #b9bfbd; --paper: #171a1a; --card: #1f2423; --accent: #6cc7c0; --line: #3a3f3e; --warm: #ffcf8a; --warm-paper: #33270f; --danger: #ff9d94; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; font: 1.125rem/1.75 'Sarabun', 'Noto Sans Thai Looped', 'Noto Sans Thai', 'Noto Sans', sans-serif; color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
h1, h2, summary, nav, .main, button { font-family: 'Noto Sans Thai', 'Sarabun', 'Noto Sans', sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.5; margin: 1rem 0 .25rem; }
h2 { font-size: 1.25rem; line-height: 1.6; margin: 0 0 .5rem; }
h3 { font-size: 1.0625rem; line-height: 1.6; margin: 1rem 0 .25rem; }
a { color: var(--accent); text-underline-offset: .2em; }
main, header nav, footer { max-width: 46rem; margin: 0 auto; padding: 0 1.25rem; }
main { padding-bottom: 2rem; }
main:focus { outline: none; }
header { border-bottom: 1px solid var(--line); background: var(--card); }
header nav { display: flex; flex-wrap: wrap; gap: 0 1.25rem; align-items: center; }
header nav a { min-height: 2.75rem; display: inline-flex; align-items: center; text-decoration: none; }
header nav .home { font-weight: 600; font-size: 1.25rem; }
header nav .language { margin-left: auto; }
footer { border-top: 1px solid var(--line); padding-top: 1rem; padding-bottom: 2rem; font-size: 1rem; color: var(--soft); }
footer p { margin: .25rem 0; }
footer a { display: inline-block; padding: .5rem 0; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; padding: .5rem 1rem; background: var(--card); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
a:focus-visible, button:focus-visible, input:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
section, details { margin: 1.5rem 0; }
ul, ol { margin: 0; padding-left: 1.5rem; }
li { margin: .25rem 0; }
.lead { font-size: 1.25rem; }
.agency, .official, .source, .count { color: var(--soft); }
.agency, .official { margin: 0; }
.official, .source { font-size: 1rem; }
.count { white-space: nowrap; overflow-wrap: normal; }
.status { border-left: .25rem solid var(--warm); background: var(--warm-paper); padding: .5rem 1rem; margin: 1rem 0; font-size: 1rem; }
.status.reviewed { border-color: var(--accent); background: var(--card); }
.warning { border: 1px solid var(--warm); background: var(--warm-paper); border-radius: .5rem; padding: .75rem 1rem; }
ul.news { padding-left: 2rem; }
.chips, .tiles, .actions, .services { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem; }
.chips li, .tiles li, .actions li, .services li { margin: 0; }
.chips a { display: inline-flex; gap: .5rem; align-items: center; min-height: 2.75rem; padding: .25rem 1rem; border: 1px solid var(--line); border-radius: 1.5rem; background: var(--card); text-decoration: none; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(13rem, 100%), 1fr)); }
.tiles a { display: flex; justify-content: space-between; gap: .5rem; align-items: center; min-height: 3.5rem; height: 100%; padding: .5rem 1rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--card); text-decoration: none; }
.services { flex-direction: column; flex-wrap: nowrap; }
.service { display: block; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--card); color: var(--ink); text-decoration: none; }
.service strong { color: var(--accent); font-size: 1.1875rem; }
.service span { display: block; font-size: 1rem; }
.chips a:hover, .tiles a:hover, .service:hover, .actions a:hover { border-color: var(--accent); }
.actions a { display: block; min-height: 2.75rem; padding: .5rem 1rem; border: 2px solid var(--accent); border-radius: .75rem; background: var(--card); text-decoration: none; font-weight: 600; }
.actions span { display: block; font-size: 1rem; font-weight: 400; color: var(--soft); }
.search { margin: 1rem 0; }
.search label { display: block; font-weight: 600; }
.search div { display: flex; flex-wrap: wrap; gap: .5rem; }
.search input[type='search'] { flex: 1 1 12rem; min-width: 0; min-height: 3rem; padding: .25rem 1rem; font: inherit; color: var(--ink); background: var(--card); border: 2px solid var(--accent); border-radius: .75rem; }
button, .main, .exit { min-height: 3rem; padding: .5rem 1.25rem; font-size: 1.125rem; font-weight: 600; border: 2px solid var(--accent); border-radius: .75rem; background: var(--card); color: var(--accent); cursor: pointer; }
.search button, .main { background: var(--accent); color: var(--paper); }
.main, .exit { display: inline-flex; align-items: center; text-decoration: none; }
.exit { border-color: var(--danger); color: var(--danger); }
.ways { display: flex; flex-wrap: wrap; gap: .5rem; }
[hidden] { display: none !important; }
details { border: 1px solid var(--line); border-radius: .75rem; background: var(--card); padding: 0 1rem; margin: .5rem 0; }
summary { min-height: 2.75rem; padding: .5rem 0; cursor: pointer; }
summary h2 { display: inline; }
details[open] { padding-bottom: .75rem; }
.term { color: inherit; text-decoration: underline dotted; }
dt { font-weight: 600; }
dd { margin: 0 0 .5rem; }
:target { background: var(--warm-paper); }
.pager { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; margin: 1rem 0; }
.pager a { min-height: 2.75rem; display: inline-flex; align-items: center; padding: 0 .5rem; }
@media print {
  :root { --ink: #000; --soft: #333; --paper: #fff; --card: #fff; --accent: #000; --line: #999; --warm: #000; --warm-paper: #fff; --danger: #000; }
  body { font-size: 12pt; line-height: 1.6; }
  header, .skip, .search, .ways, .exit, .pager, footer p:last-child { display: none; }
  main, footer { max-width: none; padding: 0; }
  section, li, details { break-inside: avoid; }
  section { margin: .5rem 0; }
  .guide { font-size: 13pt; }
  @page { margin: 1.5cm; }
}
`;

/** What a browser with script gets beside: listening, sharing, printing. Everything else works without. */
export const pageScript = `
const share = document.querySelector('[data-share]');
if (share && navigator.share) {
  share.hidden = false;
  share.addEventListener('click', () => navigator.share({ title: document.title, url: location.href }).catch(() => undefined));
}
for (const print of document.querySelectorAll('[data-print]')) {
  print.hidden = false;
  print.addEventListener('click', () => window.print());
}
const listen = document.querySelector('[data-read-aloud]');
const aloud = document.getElementById('aloud');
function offerListening() {
  const voice = speechSynthesis.getVoices().find(each => each.lang.toLowerCase().startsWith(aloud.lang));
  listen.hidden = !voice;
  listen.onclick = () => {
    const speaking = speechSynthesis.speaking;
    speechSynthesis.cancel();
    if (speaking) return;
    const said = new SpeechSynthesisUtterance(aloud.textContent);
    said.voice = voice;
    said.lang = voice.lang;
    said.rate = 0.9;
    speechSynthesis.speak(said);
  };
}
if (listen && aloud && 'speechSynthesis' in window) {
  offerListening();
  speechSynthesis.addEventListener('voiceschanged', offerListening);
}
`;
