// Streams answers into the page over forms that work without this script. No question is kept in an address.
"use strict";

const NDJSON = "application/x-ndjson";
const talk = document.getElementById("gespraech");
const status = document.getElementById("melder");

function build(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

async function* lines(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n");
    rest = parts.pop();
    for (const part of parts) yield JSON.parse(part);
  }
}

function insert(turn, event) {
  // what the server sends here is escaped by its templates
  let target = turn;
  if (event.into === "statements") {
    target = turn.querySelector(".statements") || turn.appendChild(build("ol", "statements", ""));
  }
  target.insertAdjacentHTML("beforeend", event.html);
}

async function answer(data, turn) {
  const response = await fetch("/", { method: "POST", body: data, headers: { Accept: NDJSON } });
  if (!response.ok || !(response.headers.get("content-type") || "").startsWith(NDJSON)) {
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const said = page.querySelector("main .problem, main h1");
    throw new Error(said ? said.textContent : talk.dataset.failed);
  }
  let whole = false;
  for await (const event of lines(response)) {
    if (event.event === "part") {
      turn.querySelector(".waiting")?.remove();
      insert(turn, event);
    } else if (event.event === "done") {
      whole = true;
      status.textContent = event.announce;
    }
  }
  if (!whole) throw new Error(talk.dataset.failed);
}

async function ask(form, data) {
  const question = data.get("question").trim();
  const buttons = document.querySelectorAll("form[data-ask] button");
  if (!question || talk.getAttribute("aria-busy") === "true") return;
  document.querySelector(".examples")?.setAttribute("hidden", "");
  document.querySelector(".hero")?.classList.add("small");
  const turn = build("article", "turn", "");
  turn.append(build("h2", "question", question), build("p", "waiting", talk.dataset.waiting));
  talk.append(turn);
  talk.setAttribute("aria-busy", "true");
  buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
  status.textContent = "";
  turn.scrollIntoView({ block: "start" });
  const field = document.getElementById("text");
  if (form.contains(field)) field.value = "";
  try {
    await answer(data, turn);
  } catch (problem) {
    turn.querySelector(".waiting")?.remove();
    const said = problem instanceof TypeError ? talk.dataset.failed : problem.message;
    turn.append(build("p", "declined", said));
    status.textContent = said;
    if (!field.value) field.value = question;
  } finally {
    talk.removeAttribute("aria-busy");
    buttons.forEach((button) => button.removeAttribute("aria-disabled"));
    if (!form.contains(field)) field.focus({ preventScroll: true });
  }
}

async function vote(form, data) {
  const response = await fetch(form.action, { method: "POST", body: data, headers: { Accept: NDJSON } });
  const said = response.ok ? await response.text() : talk?.dataset.failed || "";
  status.textContent = said;
  form.closest(".after").querySelectorAll("[data-vote], details").forEach((part) => part.remove());
  document.activeElement === document.body && document.getElementById("inhalt").focus({ preventScroll: true });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const data = new FormData(form, event.submitter);
  if (form.matches("[data-ask]") && talk) {
    event.preventDefault();
    ask(form, data);
  } else if (form.matches("[data-vote]")) {
    event.preventDefault();
    vote(form, data);
  }
});

document.getElementById("text")?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});
