// Makes the desk faster; everything works without it. It writes text only, so
// Trusted Types have nothing to forbid.
"use strict";

const cards = document.getElementById("cards");
const bar = document.getElementById("undo");
const live = document.getElementById("live");
const keys = document.getElementById("keys");

/** The cards that are still there. */
const all = () => [...cards.querySelectorAll(".card")];
/** What was decided here, last one last: the card and its place. */
const done = [];
let current = null;

function say(text) {
  live.textContent = text;
}

function go(card) {
  if (!card) return;
  current = card;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "start" });
}

/** The card that has the focus, or the last that had it, or the first. */
function here() {
  const focused = document.activeElement && document.activeElement.closest(".card");
  if (focused) return focused;
  return current && current.isConnected ? current : null;
}

function step(by) {
  const list = all();
  const at = list.indexOf(here());
  go(at < 0 ? list[0] : list[Math.max(0, Math.min(list.length - 1, at + by))]);
}

function count(by) {
  for (const place of document.querySelectorAll("[data-waiting]")) {
    place.textContent = String(Math.max(0, Number(place.textContent) + by));
  }
}

async function send(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  const answer = await fetch(form.action, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    redirect: "error",
  });
  if (answer.status === 401) location.assign("/desk/sign-in");
  const heard = await answer.json();
  if (!answer.ok && answer.status !== 412) throw new Error(heard.title);
  return [answer.status, heard];
}

function show(text, action, decision) {
  bar.querySelector("#said").textContent = text;
  bar.querySelector("button").hidden = !action;
  if (action) {
    bar.action = action;
    bar.elements.namedItem("decision").value = decision;
  }
  bar.hidden = false;
  say(text);
}

async function decide(form, button) {
  const card = form.closest(".card");
  if (card.dataset.busy) return;
  card.dataset.busy = "yes";
  try {
    const [status, heard] = await send(form, button);
    const list = all();
    const at = list.indexOf(card);
    const next = list[at + 1] || list[at - 1];
    const before = card.nextSibling;
    card.remove();
    count(-1);
    if (status === 412) {
      show(heard.said);
    } else {
      const action = form.action.replace(/decision$/, "undo");
      done.push({ card, before, action, decision: heard.decision, said: heard.said });
      show(heard.said, action, heard.decision);
    }
    if (next) {
      go(next);
    } else {
      const more = document.getElementById("next-page");
      location.assign(more ? more.href : location.href);
    }
  } catch (error) {
    show(bar.dataset.notWritten.replace("{why}", () => error.message));
  } finally {
    delete card.dataset.busy;
  }
}

async function undo() {
  const last = done[done.length - 1];
  // What a page before this one decided is undone by a page.
  if (!last) return bar.hidden ? undefined : bar.submit();
  try {
    const [status, heard] = await send(bar);
    done.pop();
    if (status !== 412) {
      const parent = last.before && last.before.parentNode === cards ? last.before : null;
      cards.insertBefore(last.card, parent);
      last.card.querySelector("[name=version]").value = heard.version;
      count(1);
      go(last.card);
    }
    const earlier = done[done.length - 1];
    show(heard.said, earlier && earlier.action, earlier && earlier.decision);
  } catch (error) {
    show(bar.dataset.notUndone.replace("{why}", () => error.message));
  }
}

function press(card, value) {
  const button = card && card.querySelector(`.decide button[value="${value}"]`);
  if (button) button.click();
}

function skip(card) {
  const list = all();
  const next = list[list.indexOf(card) + 1];
  if (next) return go(next);
  const more = document.getElementById("next-page");
  if (more) location.assign(more.href);
  else say(bar.dataset.last);
}

function onKey(event) {
  // The browser's own keys, and what is typed into a field, are left alone.
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (keys.open) return;
  const card = here();
  const what = {
    j: () => step(1),
    k: () => step(-1),
    a: () => press(card, "accept"),
    s: () => press(card, "reject"),
    d: () => press(card, "reject-only"),
    u: () => card && skip(card),
    z: undo,
    x: () => {
      const more = card && card.querySelector("details.more");
      if (more) more.open = !more.open;
    },
    q: () => {
      const note = card && card.querySelector("details.note");
      if (!note) return;
      note.open = true;
      note.querySelector("textarea").focus();
    },
    "?": () => keys.showModal(),
  }[event.key];
  if (!what) return;
  event.preventDefault();
  what();
}

// Times are said in UTC until the reader's own zone is known.
const inZone = new Intl.DateTimeFormat(document.documentElement.lang, {
  dateStyle: "long",
  timeStyle: "short",
});
for (const time of document.querySelectorAll("time[datetime]")) {
  const said = inZone.format(new Date(time.dateTime));
  time.title = said;
  if (time.matches(".exact")) time.textContent = said;
}

if (cards && bar) {
  cards.addEventListener("submit", (event) => {
    if (!event.target.matches(".decide")) return;
    event.preventDefault();
    decide(event.target, event.submitter);
  });
  cards.addEventListener("click", (event) => {
    const link = event.target.closest(".skip-card");
    if (!link) return;
    event.preventDefault();
    skip(link.closest(".card"));
  });
  cards.addEventListener("focusin", () => {
    current = here();
  });
  bar.addEventListener("submit", (event) => {
    if (done.length === 0) return;
    event.preventDefault();
    undo();
  });
  const button = document.getElementById("keys-button");
  button.hidden = false;
  button.addEventListener("click", () => keys.showModal());
  document.addEventListener("keydown", onKey);
  // What was done before this page was loaded is announced, and the card that
  // it leads to gets the focus that a link's target does not.
  const text = bar.querySelector("#said").textContent;
  if (text) say(text);
  const target = location.hash.startsWith("#c-") && document.getElementById(location.hash.slice(1));
  if (target) go(target);
}
