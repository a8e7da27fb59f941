// Makes the desk faster; everything works without it. It writes text only, so
// Trusted Types have nothing to forbid.
"use strict";

const cards = document.getElementById("cards");
const bar = document.getElementById("undo");
const live = document.getElementById("live");
const keys = document.getElementById("keys");
const many = document.getElementById("many");
const preview = document.getElementById("preview");

/** The cards that are still there. */
const all = () => [...cards.querySelectorAll(".card")];
/** What was done here, last one last: where it is taken back, and the card with
    its place where one went. */
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
  if (!cards) return null;
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
    bar.elements.namedItem("decision").value = decision || "";
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
    chosen();
    if (status === 412) {
      show(heard.said);
    } else {
      const action = form.action.replace(/(decision|audit)$/, "undo");
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
    show(bar.dataset.notWritten.replace("{why}", error.message));
  } finally {
    delete card.dataset.busy;
  }
}

async function undo() {
  const last = done[done.length - 1];
  // What a page before this one did is undone by a page.
  if (!last) return bar.hidden || !bar.hasAttribute("action") ? undefined : bar.submit();
  try {
    const [status, heard] = await send(bar);
    done.pop();
    if (status !== 412 && last.card) {
      const parent = last.before && last.before.parentNode === cards ? last.before : null;
      cards.insertBefore(last.card, parent);
      last.card.querySelector("[name=version]").value = heard.version;
      const box = boxOf(last.card);
      if (box) box.value = last.card.id.slice(2) + "." + heard.version;
      count(1);
      go(last.card);
    }
    const earlier = done[done.length - 1];
    show(heard.said, earlier && earlier.action, earlier && earlier.decision);
    chosen();
  } catch (error) {
    show(bar.dataset.notUndone.replace("{why}", error.message));
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

/** Opens a part of the card, or the page, and goes to its first button. */
function unfold(place, selector) {
  const part = place && place.querySelector(selector);
  if (!part) return;
  part.open = !part.open;
  const button = part.open && part.querySelector("button, textarea");
  (button || part.querySelector("summary")).focus();
}

/** Many at once: the box of a card, and how many are ticked. */
const boxOf = (card) => card && card.querySelector("[name=item][form]");

function chosen() {
  if (!many) return 0;
  const boxes = all().map(boxOf).filter(Boolean);
  const ticked = boxes.filter((box) => box.checked).length;
  const whole = many.elements.namedItem("all");
  whole.checked = boxes.length > 0 && ticked === boxes.length;
  whole.indeterminate = ticked > 0 && ticked < boxes.length;
  const text = many.dataset.chosen.replace("{n}", String(ticked));
  const place = document.getElementById("chosen");
  place.hidden = ticked === 0;
  if (place.textContent !== text) place.textContent = text;
  many.toggleAttribute("data-any", ticked > 0);
  return ticked;
}

function choose(card) {
  const box = boxOf(card);
  if (!box) return;
  box.checked = !box.checked;
  chosen();
}

function chooseAll(tick) {
  for (const box of all().map(boxOf)) if (box) box.checked = tick;
  chosen();
}

function pressMany(value) {
  if (!many) return;
  if (chosen() === 0) return say(many.dataset.none);
  many.querySelector(`button[value="${value}"]`).click();
}

async function trust(form, button) {
  try {
    const [, heard] = await send(form, button);
    done.push({ action: heard.undo, said: heard.said });
    show(heard.said, heard.undo);
    const card = form.closest(".card");
    form.closest("details").open = false;
    go(card);
  } catch (error) {
    show(bar.dataset.notWritten.replace("{why}", error.message));
  }
}

/** Single keys can be switched off, for who speaks to the machine. */
const keysAreOff = () => {
  try {
    return localStorage.getItem("hamgate-keys") === "off";
  } catch {
    return false;
  }
};

/** The buttons of a part that is open have keys of their own. */
function pressInside(event) {
  const part = event.target.closest("details[open], #preview");
  if (!part) return false;
  if (event.key === "Escape" && part.matches("details")) {
    part.open = false;
    go(part.closest(".card"));
    return true;
  }
  const button = part.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button) button.click();
  return Boolean(button);
}

/** What the keys do on a page of cards. */
const onCards = {
  j: () => step(1),
  k: () => step(-1),
  a: (card) => press(card, "accept"),
  s: (card) => press(card, "reject"),
  d: (card) => unfold(card, "details.kinds"),
  u: (card) => card && skip(card),
  z: undo,
  x: choose,
  X: () => many && chooseAll(!many.elements.namedItem("all").checked),
  A: () => pressMany("accept"),
  S: () => pressMany("reject"),
  D: () => pressMany("reject-only"),
  e: (card) => {
    const more = card && card.querySelector("details.more");
    if (more) more.open = !more.open;
  },
  n: (card) => {
    const link = card && card.querySelector(".together");
    if (link) link.click();
  },
  b: (card) => unfold(card, "details.trusting"),
  q: (card) => unfold(card, "details.note"),
  "?": () => keys.showModal(),
};

/** The same before many are decided. */
const onPreview = {
  d: () => unfold(preview, "details.kinds"),
  Escape: () => document.getElementById("cancel").click(),
};

function onKey(event) {
  // The browser's own keys, and what is typed into a field, are left alone.
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const field = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  if (field) {
    if (event.key === "Escape") field.blur();
    return;
  }
  if (keysAreOff() || (keys && keys.open)) return;
  if (pressInside(event)) return event.preventDefault();
  const what = (preview ? onPreview : onCards)[event.key];
  if (!what) return;
  event.preventDefault();
  what(here());
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
    const act = event.target.matches(".decide") ? decide : event.target.closest(".trusting") && trust;
    if (!act) return;
    event.preventDefault();
    act(event.target, event.submitter);
  });
  cards.addEventListener("change", (event) => {
    if (event.target === boxOf(event.target.closest(".card"))) chosen();
  });
  if (many) {
    many.dataset.script = "yes";
    many.elements.namedItem("all").addEventListener("change", (event) => {
      chooseAll(event.target.checked);
    });
    // Boxes that the browser kept ticked.
    chosen();
  }
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
  const keySwitch = document.getElementById("keys-switch");
  const names = [keySwitch.textContent, keySwitch.dataset.on];
  const name = () => (keySwitch.textContent = names[keysAreOff() ? 1 : 0]);
  keySwitch.addEventListener("click", () => {
    if (keysAreOff()) localStorage.removeItem("hamgate-keys");
    else localStorage.setItem("hamgate-keys", "off");
    name();
  });
  name();
  // What was done before this page was loaded is announced, and the card that
  // it leads to gets the focus that a link's target does not.
  const text = bar.querySelector("#said").textContent;
  if (text) say(text);
  const target = location.hash.startsWith("#c-") && document.getElementById(location.hash.slice(1));
  if (target) go(target);
} else if (preview) {
  document.addEventListener("keydown", onKey);
}
