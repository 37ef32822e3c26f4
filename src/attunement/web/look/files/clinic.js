// Small helps; every page works without them.
"use strict";

// While something is being read, look again every few seconds; never while somebody writes here.
const waiting = document.querySelector("[data-look-again]");
let isWriting = false;
addEventListener("input", () => { isWriting = true; });
if (waiting) setInterval(() => isWriting || location.reload(), Number(waiting.dataset.lookAgain) * 1000);

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.copied;
  });
}

// A transcript can be dropped anywhere on the page that takes one, or pasted as a file; one that would be refused is
// told of at once, in the words of the form.
for (const form of document.querySelectorAll("form[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  const refusal = (files) => {
    const endings = input.accept.split(",");
    if (files.length > 1) return input.dataset.several;
    if (files[0] && files[0].size > Number(input.dataset.most)) return input.dataset.tooLarge;
    if (files[0] && !endings.some((ending) => files[0].name.toLowerCase().endsWith(ending))) return input.dataset.otherKind;
    return "";
  };
  const check = () => {
    input.setCustomValidity(refusal(input.files));
    if (input.files.length) input.reportValidity();
  };
  const take = (event, files) => {
    if (!files || !files.length) return;
    event.preventDefault();
    input.files = files;
    check();
  };
  input.addEventListener("change", check);
  document.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    take(event, event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => take(event, event.clipboardData.files));
  form.addEventListener("submit", () => {
    const sending = form.querySelector(".sending");
    sending.textContent = sending.dataset.words;
    sending.append(document.createElement("progress"));
  });
}

// A small form whose answer is itself takes its own place; when that fails the page is loaded as without script.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-in-place]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  const { id } = form, { value } = event.submitter;
  try {
    const body = new FormData(form, event.submitter);
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-In-Place": "yes" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    form.outerHTML = await answer.text();
    const anew = document.getElementById(id);
    (anew.querySelector(`button[value="${value}"]`) || anew.querySelector("button")).focus();
  } catch {
    delete form.dataset.inPlace;
    form.requestSubmit(event.submitter);
  }
});
