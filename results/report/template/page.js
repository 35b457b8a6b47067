// The page draws its charts when they come into view, and all of them before it is printed.
"use strict";

const locale = JSON.parse(document.getElementById("locale").textContent);
const waiting = new Set(document.querySelectorAll("[data-chart]"));

function draw(place) {
  waiting.delete(place);
  const drawn = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  return window.vegaEmbed(place, drawn, {
    mode: "vega-lite",
    renderer: "svg",
    actions: false,
    ...locale,
  });
}

const watch = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting && waiting.has(entry.target)) {
        watch.unobserve(entry.target);
        draw(entry.target);
      }
    }
  },
  { rootMargin: "600px" },
);
waiting.forEach((place) => watch.observe(place));
window.addEventListener("beforeprint", () => waiting.forEach(draw));
