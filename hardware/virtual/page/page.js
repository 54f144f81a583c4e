// The devices' page in the browser: shows what the server sends and sends what is pressed. Without
// this script the page still works, one reload a press.

/** @typedef {{ id: string, html: string }} Receipt */
/** @typedef {{ panel: string, machine: string, receipts: Receipt[] }} View */

/**
 * The element that the server gave this id.
 * @param {string} id
 */
function part(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`#${id} is missing`);
  return element;
}

/**
 * Puts new HTML in place and the focus back where it was.
 * @param {string} id
 * @param {string} html
 */
function show(id, html) {
  const focused = document.activeElement?.id ?? "";
  part(id).innerHTML = html;
  if (focused !== "") document.getElementById(focused)?.focus();
}

/**
 * Receipts that are not there yet go on top, the oldest of them first.
 * @param {Receipt[]} receipts
 */
function addReceipts(receipts) {
  for (const { id, html } of receipts.toReversed()) {
    if (document.getElementById(id) !== null) continue;
    document.querySelector(".empty")?.remove();
    part("roll").insertAdjacentHTML("afterbegin", html);
    part(id).classList.add("fresh");
  }
}

new EventSource("/events").addEventListener("message", ({ data }) => {
  const view = /** @type {View} */ (JSON.parse(String(data)));
  show("panel", view.panel);
  show("machine", view.machine);
  addReceipts(view.receipts);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  event.preventDefault();
  const body = new URLSearchParams();
  const pressed = event.submitter;
  if (pressed instanceof HTMLButtonElement) body.set(pressed.name, pressed.value);
  const headers = { accept: "application/json" };
  // When the devices are gone the next press says so as well: nothing changes.
  fetch(form.action, { method: "POST", body, headers }).catch(() => undefined);
});
