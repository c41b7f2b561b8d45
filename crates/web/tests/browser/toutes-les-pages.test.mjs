// Every page that each person can reach by links: answers, fits, is light, and passes axe.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { enter, openBrowser, startDemo } from './forprev.mjs';

const PEOPLE = ['Claire Lemoine', 'Hugo Marchand', 'Karim Benali', 'Awa Diallo', 'Bruno Peeters'];
const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Pages of one shape are seen once, not forty times. */
const OF_ONE_SHAPE = 1;

let demo;
let browser;

before(async () => {
  demo = await startDemo();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  demo?.stop();
});

/** The shape of an address: identifiers and numbers left out. */
function shape(url) {
  const { pathname, searchParams } = new URL(url);
  const path = pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID').replace(/[A-Z]{3}\d{5}/g, 'NUMERO')
    .replace(/[A-Z0-9-]+-[AFG]-\d\d-[0-9A-Z]{5}-[0-9A-Z]{5}/g, 'CERTIFICAT').replace(/\/activation\/.*/, '/activation/LIEN');
  return path + [...searchParams.keys()].sort().map((key) => `?${key}`).join('');
}

async function links(page) {
  const hrefs = await page.locator('a[href]').evaluateAll((all) => all.filter((a) => !a.hasAttribute('download')).map((a) => a.href));
  return [...new Set(hrefs.map((href) => href.split('#')[0]))]
    .filter((href) => href.startsWith(demo.url) && !/\.(pdf|zip|csv|xlsx|ods|json|svg)(\?|$)/.test(href));
}

/** What is wrong with the page as it stands; empty: nothing. */
async function faults(page, { status, requests, bytes }) {
  const found = [];
  if (status >= 400) found.push(`answers ${status}`);
  if (requests > 12) found.push(`${requests} requests`);
  if (bytes > 150_000) found.push(`${Math.round(bytes / 1000)} kB without fonts`);
  const seen = await page.evaluate(() => ({
    h1: document.querySelectorAll('h1').length, lang: document.documentElement.lang, title: document.title,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    text: document.body.innerText,
  }));
  if (seen.h1 !== 1) found.push(`${seen.h1} h1`);
  if (!seen.lang || !seen.title.includes('Forprev')) found.push(`lang « ${seen.lang} », title « ${seen.title} »`);
  if (seen.wide > 0) found.push(`${seen.wide} px too wide`);
  for (const word of ['null', 'undefined', 'None', 'erreur 500', 'Some(']) {
    if (new RegExp(`(^|[\\s«])${word.replace(/[()]/g, '\\$&')}([\\s.,»]|$)`, 'm').test(seen.text)) found.push(`says « ${word} »`);
  }
  await page.evaluate(AXE);
  const axe = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), RULES);
  for (const violation of axe.violations) {
    found.push(`axe ${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`);
  }
  return found;
}

async function visit(page, url) {
  let requests = 0;
  let bytes = 0;
  const count = async (response) => {
    requests += 1;
    const type = response.headers()['content-type'] ?? '';
    if (!type.includes('font')) bytes += Number(response.headers()['content-length'] ?? 0);
  };
  page.on('response', count);
  const response = await page.goto(url);
  page.off('response', count);
  return { status: response.status(), requests, bytes };
}

async function crawl(person, options) {
  // Pages need no script; axe does. The style of the page is the same either way.
  const page = await enter(browser, demo, person, { javaScriptEnabled: true, ...options });
  const console = [];
  page.on('console', (message) => message.type() === 'error' && console.push(message.text()));
  const waiting = [page.url().split('#')[0], `${demo.url}/`, ...(await links(page))];
  const seen = new Map();
  const found = [];
  while (waiting.length > 0) {
    const url = waiting.shift();
    const kind = shape(url);
    if ((seen.get(kind) ?? 0) >= OF_ONE_SHAPE || seen.size >= 60) continue;
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    const answer = await visit(page, url);
    const wrong = [...(await faults(page, answer)), ...console.splice(0)];
    if (wrong.length > 0) found.push(`${url.replace(demo.url, '')}\n    ${wrong.join('\n    ')}`);
    waiting.push(...(await links(page)));
  }
  await page.context().close();
  assert.ok(seen.size >= 4, `${person} reaches only ${[...seen.keys()].join(', ')}`);
  assert.deepEqual(found, [], `${person}\n  ${found.join('\n  ')}\n`);
}

for (const person of PEOPLE) {
  test(`${person} : chaque page, à 1280 px, en clair`, () => crawl(person, { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }));
}

for (const person of ['Claire Lemoine', 'Karim Benali']) {
  test(`${person} : chaque page, à 320 px, en sombre`, () => crawl(person, { viewport: { width: 320, height: 720 }, colorScheme: 'dark', reducedMotion: 'reduce' }));
}
