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

// The map: a slider over the hours of one crisis or another, and a button that moves it.
const STEP_H = 2;
const EVERY_MS = 90;

function tell(figure) {
  const data = JSON.parse(figure.querySelector("#map-data").textContent);
  const start = Date.parse(data.start);
  const slider = figure.querySelector(".hour");
  const button = figure.querySelector(".play");
  const moment = figure.querySelector(".moment");
  const sites = figure.querySelectorAll(".sites circle");
  const counts = figure.querySelectorAll(".count");
  const clock = new Intl.DateTimeFormat(data.language, {
    weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Paris",
  });
  let crisis = data.crises[0];
  let playing = null;

  function show() {
    const hour = Number(slider.value);
    const seen = {};
    sites.forEach((site, place) => {
      const [, systems, doors] = crisis.sites[place].findLast(([from]) => from <= hour);
      const now = `${systems} ${doors}`;
      if (site.getAttribute("class") !== now) {
        site.setAttribute("class", now);
        if (now !== "ordinary open") site.parentNode.append(site); // over those to which nothing happens
      }
      seen[systems] = (seen[systems] || 0) + 1;
      seen[doors] = (seen[doors] || 0) + 1;
    });
    counts.forEach((count) => { count.textContent = seen[count.dataset.state] || 0; });
    moment.textContent = clock.format(start + hour * 3600000);
    slider.setAttribute("aria-valuetext", moment.textContent);
  }

  function stop() {
    clearInterval(playing);
    playing = null;
    button.textContent = button.dataset.play;
  }

  function step() {
    slider.value = Number(slider.value) + STEP_H;
    show();
    if (Number(slider.value) >= Number(slider.max)) stop();
  }

  button.addEventListener("click", () => {
    if (playing) return stop();
    if (Number(slider.value) >= Number(slider.max)) slider.value = 0;
    playing = setInterval(step, EVERY_MS);
    button.textContent = button.dataset.pause;
  });
  slider.addEventListener("input", show);
  figure.querySelectorAll("[name=crisis]").forEach((choice) => {
    choice.addEventListener("change", () => {
      crisis = data.crises[Number(choice.value)];
      slider.value = crisis.peak;
      show();
    });
  });
  const plane = figure.querySelector("svg");
  const whole = plane.getAttribute("viewBox");
  const zoom = figure.querySelector(".zoom");
  zoom.addEventListener("click", () => {
    const near = zoom.getAttribute("aria-pressed") === "false";
    zoom.setAttribute("aria-pressed", near);
    plane.setAttribute("viewBox", near ? zoom.dataset.box : whole);
    const scale = near ? Number(zoom.dataset.box.split(" ")[2]) / Number(whole.split(" ")[2]) : 1;
    plane.style.setProperty("--scale", Math.sqrt(scale) * (near ? 0.7 : 1));
  });
  figure.querySelector(".controls").hidden = false;
  show();
}

document.querySelectorAll("[data-map]").forEach(tell);
