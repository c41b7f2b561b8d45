// The code of a real certificate, read from its page as a telephone does: the browser checks what it says.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { enter, openBrowser, startDemo } from './forprev.mjs';

const LANGUAGES = [
  { path: '/verifier', lang: 'fr', genuine: 'Le code du certificat est authentique', forged: 'Le code de ce document n’est pas authentique' },
  { path: '/en/verify', lang: 'en', genuine: 'The code of the certificate is authentic', forged: 'The code of this document is not authentic' },
];

let demo;
let browser;
let code;

before(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  code = await codeOfACertificate();
});

after(async () => {
  await browser?.close();
  demo?.stop();
});

/** Downloads a certificate of the demonstration, draws it at 100 dots an inch, and reads its code. */
async function codeOfACertificate() {
  const page = await enter(browser, demo, 'Claire Lemoine');
  await page.goto(`${demo.url}/sessions?etat=terminee`);
  const session = await page.locator('a[href^="/sessions/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href'))
    .find((href) => /^\/sessions\/[0-9a-f-]{36}$/.test(href)));
  await page.goto(`${demo.url}${session}/certificats`);
  const address = await page.locator('a[href^="/certificats/"][href$=".pdf"]').first().getAttribute('href');
  const answer = await page.context().request.get(demo.url + address);
  assert.equal(answer.status(), 200);
  const folder = mkdtempSync(join(tmpdir(), 'forprev-code-'));
  try {
    writeFileSync(join(folder, 'f.pdf'), await answer.body());
    execFileSync('pdftoppm', ['-r', '100', '-gray', '-singlefile', join(folder, 'f.pdf'), join(folder, 'f')]);
    return execFileSync('zbarimg', ['-q', '--raw', '--nodbus', join(folder, 'f.pgm')], { encoding: 'utf8' }).trim();
  } finally {
    rmSync(folder, { recursive: true });
    await page.context().close();
  }
}

/** The same address, another letter in the middle of what is signed. */
function forged(address) {
  const middle = address.indexOf('#') + 60;
  return address.slice(0, middle) + (address[middle] === 'A' ? 'B' : 'A') + address.slice(middle + 1);
}

for (const { path, lang, genuine, forged: refused } of LANGUAGES) {
  test(`${lang} : ce que dit le code est vérifié par le navigateur, même sans réseau ensuite`, async () => {
    assert.ok(code.startsWith(`${demo.url}/verifier/`) && code.split('#')[1]?.length > 100, code);
    const address = code.replace('/verifier', path);
    const context = await browser.newContext();
    const page = await context.newPage();
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    const said = (words) => page.getByRole('heading', { name: words }).waitFor();
    await page.goto(address);
    await said(genuine);
    assert.equal(await page.locator('html').getAttribute('lang'), lang);
    assert.ok(asked.every((url) => !url.includes('#') && !url.includes(code.split('#')[1])), 'the statement is never sent');
    // Without a network: the page has the keys.
    await context.setOffline(true);
    await page.evaluate((hash) => { location.hash = hash; }, forged(address).split('#')[1]);
    await said(refused);
    assert.equal(await page.getByRole('heading', { name: genuine }).count(), 0);
    await page.evaluate((hash) => { location.hash = hash; }, address.split('#')[1]);
    await said(genuine);
    assert.equal(await page.getByRole('heading', { name: refused }).count(), 0);
    await context.setOffline(false);
    // A forged one from the start; and the statement of this certificate at the number of another.
    const other = await context.newPage();
    for (const wrong of [forged(address), address.replace(/-[0-9A-Z]{5}#/, '-00000#')]) {
      await other.goto('about:blank');
      await other.goto(wrong);
      await other.getByRole('heading', { name: refused }).waitFor();
    }
    await context.close();
  });
}

test('un certificat de la démonstration est dit SPÉCIMEN, sans valeur', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(code);
  await page.getByRole('heading', { name: 'Ce certificat est un SPÉCIMEN, sans valeur' }).waitFor();
  assert.equal(await page.getByText('Ce certificat est valide').count(), 0);
  await context.close();
});
