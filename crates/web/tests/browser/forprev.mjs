// Starts the demonstration on a port of its own and opens a browser on it.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const PROGRAM = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target', 'debug/forprev');
const BROWSER = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** A free port of the loopback. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts `forprev demo`; ready once it prints its address. */
export async function startDemo() {
  const listen = `127.0.0.1:${await freePort()}`;
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'UTC', FORPREV_LISTEN: listen, FORPREV_LOG: 'warn',
    FORPREV_PUBLIC_URL: `http://${listen}` };
  const program = spawn(PROGRAM, ['demo'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: program.stdout });
  await new Promise((resolve, reject) => {
    program.once('exit', (code) => reject(new Error(`the demonstration stopped with ${code}`)));
    lines.on('line', (line) => line.includes(listen) && resolve());
  });
  program.removeAllListeners('exit');
  return { url: `http://${listen}`, stop: () => program.kill('SIGTERM') };
}

/** Opens Chromium; each context is a person of her own. */
export async function openBrowser() {
  if (!BROWSER) throw new Error('Chromium is missing: bin/test installs it');
  return chromium.launch({ executablePath: BROWSER, args: FLAGS });
}

/** A page signed in as one of the invented people. */
export async function enter(browser, demo, name, options = {}) {
  const context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', javaScriptEnabled: false,
    acceptDownloads: true, ...options });
  const page = await context.newPage();
  await page.goto(`${demo.url}/demonstration`);
  await page.getByRole('button', { name: `Entrer comme ${name}` }).click();
  return page;
}
