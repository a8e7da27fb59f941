
// The what-if board: a slide moves its number, and a number its slide.
for (const slide of document.querySelectorAll("input[type=range][data-steps]")) {
  const steps = slide.dataset.steps.trim().split(" ");
  const number = document.getElementById(slide.id.replace(/_step$/, ""));
  slide.addEventListener("input", () => {
    number.value = steps[slide.value];
    slide.setAttribute("aria-valuetext", `${number.value} %`);
  });
  number.addEventListener("input", () => {
    const typed = Number(number.value.replace(",", "."));
    const kept = steps.filter((step) => Number(step) <= typed).length;
    slide.value = String(Math.max(0, kept - 1));
  });
}
