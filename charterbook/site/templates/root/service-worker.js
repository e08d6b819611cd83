{# The service worker of the whole site: pages that were read once can be read without a connection. -#}
// Answers come from the network whenever there is one, so that an old page is never shown as the present one. Without a
// connection they come from the copy of this device, and each page says so. Only files of this handbook are touched:
// other sites of the same host are not touched.
"use strict";
const { format, folders, files, words, language, title, style } = {{ data|tojson }};
const scope = new URL(registration.scope), name = `charterbook ${scope.pathname}`;
const LIST = new URL("offline.json", scope).href, ASSETS = new URL("assets/", scope).href, HASHED = /\.[0-9a-f]{8}\.min\.(?:js|css)$|\/charterbook\.[0-9a-f]{8}(?:\.js|\/[^\/]+)$/;

// The address without query and fragment, null outside the handbook.
const own = (address) => {
  const url = new URL(address);
  const path = url.pathname.slice(scope.pathname.length);
  const isInside = url.origin === scope.origin && url.pathname.startsWith(scope.pathname);
  if (!isInside || !(files.includes(path) || folders.includes(path.split("/")[0]))) return null;
  return new URL(url.pathname, scope).href.replace(/index\.html$/, "");
};

const isPage = (answer) => (answer.headers.get("Content-Type") ?? "").startsWith("text/html");

// Set when the handbook removes its copy: pending answers are not stored again.
let isOff = false;

// A redirected answer can be the login of another service.
const store = async (address, answer) => {
  if (isOff) return;
  const cache = await caches.open(name);
  if (answer.status === 404 || answer.status === 410) await cache.delete(address);
  if (answer.status !== 200 || answer.redirected || answer.type !== "basic") return;
  const headers = new Headers(answer.headers);
  for (const one of ["Content-Encoding", "Content-Length"]) headers.delete(one);
  headers.set("X-Charterbook-Stored", new Date().toISOString());
  await cache.put(address, new Response(await answer.blob(), { headers }));
  if (isOff) await caches.delete(name);
};

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const dated = (text, moment) =>
  text.replace("%s", new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long" }).format(new Date(moment)));

// A page of the copy, with its day.
const marked = async (answer) => {
  const notice = escaped(dated(words.copy, answer.headers.get("X-Charterbook-Stored")));
  const html = (await answer.text()).replace(/<div data-md-component="announce">/, (start) =>
    `${start}<aside class="md-banner"><div class="md-banner__inner md-grid md-typeset"><p class="cb-notice cb-notice--old">${notice}</p></div></aside>`);
  return new Response(html, { headers: answer.headers });
};

const missing = () => new Response(
  `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">` +
  `<title>${escaped(words.offline)}</title><style>${style}</style><body><main><p>${escaped(title)}</p><h1>${escaped(words.offline)}</h1><p>${escaped(words.missing)}</p><p><a href="${new URL("latest/", scope)}">${escaped(words.home)}</a></p></main></body></html>`,
  { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });

const answer = async (event, address) => {
  const { request } = event, isVisit = request.mode === "navigate";
  // A browser can refuse its storage at any time, for example when cookies are blocked: then all comes from the network.
  const find = (one) => caches.match(one, { cacheName: name }).catch(() => undefined);
  const known = HASHED.test(address) && await find(address);
  if (known) return known;
  try {
    const found = await fetch(request, address.startsWith(ASSETS) ? {} : { cache: "no-cache" });
    event.waitUntil(store(address, found.clone()).catch(() => {}));
    return found;
  } catch (error) {
    const copy = await find(address) ?? await find(`${address}/`);
    if (copy) return isPage(copy) ? marked(copy) : copy;
    if (isVisit) return missing();
    throw error;
  }
};

// The files of a list, null for a list of another release.
const filesOf = (list) => (list?.format === format ? list.files : null);

const removeCopies = async (cache) => { for (const request of await cache.keys()) await cache.delete(request); };

// Fetches the new files of the handbook in force, one after the other, after the reader's own requests.
let filling = null, filled = 0;
const fill = async () => {
  const cache = await caches.open(name);
  const answered = await fetch(LIST, { cache: "no-cache" });
  if (!answered.ok) return;
  const list = filesOf(await answered.clone().json());
  const stored = await (await cache.match(LIST))?.json(), before = filesOf(stored) ?? {};
  if (!list) return;
  // The list of an earlier release may have another format, so its copies cannot be compared.
  if (stored && !filesOf(stored)) await removeCopies(cache);
  for (const [path, hash] of Object.entries(list)) {
    const address = new URL(path, scope).href;
    if (before[path] === hash && await cache.match(address)) continue;
    await store(address, await fetch(address, { cache: "no-cache", priority: "low" }));
  }
  for (const path of Object.keys(before)) if (!(path in list)) await cache.delete(new URL(path, scope).href);
  await cache.put(LIST, answered);
  filled = Date.now();
};

addEventListener("install", () => skipWaiting());
addEventListener("fetch", (event) => {
  const address = event.request.method === "GET" && own(event.request.url);
  if (address) event.respondWith(answer(event, address));
});
addEventListener("message", (event) => {
  if (event.data === "remove") {
    isOff = true;
    event.waitUntil(caches.delete(name));
  }
  if (event.data !== "fill" || Date.now() - filled < 3_600_000) return;
  filling ??= fill().catch(() => {}).finally(() => { filling = null; });
  event.waitUntil(filling);
});
