// Comfort for the reader: what the page does without it stays. j and k walk the references, a reference and its entry light up together.
"use strict";
const refs = [...document.querySelectorAll("#text .ref")];
const entries = new Map([...document.querySelectorAll(".entry")].map((entry) => [entry.id.slice(1), entry]));

function light(numbers, on) {
  for (const number of numbers) entries.get(number)?.classList.toggle("lit", on);
  for (const ref of refs) {
    if (ref.dataset.refs.split(" ").some((number) => numbers.includes(number))) ref.classList.toggle("lit", on);
  }
}

for (const ref of refs) {
  const numbers = ref.dataset.refs.split(" ");
  for (const [event, on] of [["mouseenter", true], ["mouseleave", false], ["focus", true], ["blur", false]]) {
    ref.addEventListener(event, () => light(numbers, on));
  }
}
for (const [number, entry] of entries) {
  entry.addEventListener("mouseenter", () => light([number], true));
  entry.addEventListener("mouseleave", () => light([number], false));
}

let at = -1;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("find").focus();
  } else if ((event.key === "j" || event.key === "k") && refs.length) {
    const now = refs.indexOf(document.activeElement);
    at = Math.min(Math.max((now < 0 ? at : now) + (event.key === "j" ? 1 : -1), 0), refs.length - 1);
    refs[at].focus();
    refs[at].scrollIntoView({ block: "center" });
  }
});
