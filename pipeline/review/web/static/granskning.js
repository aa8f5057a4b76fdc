// Single-key shortcuts, boxes that answer to their rows, and the next picture fetched ahead.
// Everything on the pages works without this file.
(function () {
  "use strict";

  function on() {
    return document.body.dataset.tangenter === "på";
  }

  function typing(target) {
    return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  function reachable(element) {
    return element.checkVisibility ? element.checkVisibility() : element.getClientRects().length > 0;
  }

  function wanted(key) {
    var all = Array.prototype.filter.call(document.querySelectorAll("[data-tangent]"), function (element) {
      return element.dataset.tangent === key && reachable(element);
    });
    // Inside an opened box its keys win over the page's.
    return all.find(function (element) { return element.closest("details[open]"); }) || all[0];
  }

  function use(element) {
    if (element.matches("input, textarea, select")) {
      element.focus();
      return;
    }
    element.click();
    var box = element.matches("summary") ? element.parentElement : null;
    if (box && box.open) {
      var first = box.querySelector("input:not([type=hidden]), select, button");
      if (first) { first.focus(); }
    }
  }

  function step(by) {
    var rows = Array.prototype.slice.call(document.querySelectorAll("a.rad"));
    if (!rows.length) { return false; }
    var now = rows.indexOf(document.activeElement);
    rows[Math.min(rows.length - 1, Math.max(0, now < 0 ? 0 : now + by))].focus();
    return true;
  }

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      var open = document.activeElement && document.activeElement.closest("details[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); }
      else if (typing(event.target)) { event.target.blur(); }
      return;
    }
    if (!on() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) { return; }
    if ((event.key === "j" || event.key === "k") && step(event.key === "j" ? 1 : -1)) {
      event.preventDefault();
      return;
    }
    var element = wanted(event.key);
    if (element) { event.preventDefault(); use(element); }
  });

  function light(event, yes) {
    var row = event.target instanceof Element && event.target.closest("a[data-ruta]");
    if (!row) { return; }
    document.querySelectorAll("rect[data-ruta]").forEach(function (box) {
      box.classList.toggle("tand", yes && box.dataset.ruta === row.dataset.ruta);
    });
  }
  ["focusin", "mouseover"].forEach(function (name) {
    document.addEventListener(name, function (event) { light(event, true); });
  });
  ["focusout", "mouseout"].forEach(function (name) {
    document.addEventListener(name, function (event) { light(event, false); });
  });

  // A box dragged over the page fills in the four fields of the form beside it.
  var SIDES = ["vanster", "over", "hoger", "under"], from = null, dragged = false;

  function point(svg, event) {
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  }

  function fields() {
    return SIDES.map(function (name) { return document.getElementById("m-" + name); });
  }

  function drawArea(svg, sides) {
    var box = svg.querySelector("rect.egen");
    if (!sides) { if (box) { box.remove(); } return; }
    if (!box) {
      box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      box.setAttribute("class", "ruta egen");
      svg.appendChild(box);
    }
    box.setAttribute("x", sides[0]);
    box.setAttribute("y", sides[1]);
    box.setAttribute("width", sides[2] - sides[0]);
    box.setAttribute("height", sides[3] - sides[1]);
  }

  function areaOfFields() {
    var sides = fields().map(function (field) { return parseFloat(field.value.replace(",", ".")); });
    return sides.every(isFinite) && sides[0] < sides[2] && sides[1] < sides[3] ? sides : null;
  }

  function drawable(target) {
    return target instanceof Element && target.closest(".ritbar .bildruta svg");
  }

  document.addEventListener("pointerdown", function (event) {
    var svg = event.button === 0 && event.pointerType !== "touch" && drawable(event.target);
    dragged = false;
    if (svg) { from = { svg: svg, at: point(svg, event) }; event.preventDefault(); }
  });
  document.addEventListener("pointermove", function (event) {
    if (!from) { return; }
    var to = point(from.svg, event), page = from.svg.viewBox.baseVal;
    if (!dragged && Math.abs(to.x - from.at.x) + Math.abs(to.y - from.at.y) < 6) { return; }
    dragged = true;
    var sides = [Math.min(to.x, from.at.x), Math.min(to.y, from.at.y), Math.max(to.x, from.at.x), Math.max(to.y, from.at.y)];
    sides = sides.map(function (side, place) {
      return Math.min(Math.max(side, 0), place % 2 ? page.height : page.width);
    });
    drawArea(from.svg, sides);
    fields().forEach(function (field, place) { field.value = sides[place].toFixed(1); });
    document.getElementById("egenruta").open = true;
  });
  document.addEventListener("pointerup", function () { from = null; });

  document.addEventListener("click", function (event) {
    var box = !dragged && event.target instanceof Element && event.target.closest("rect[data-ruta]");
    var field = box && document.getElementById("ruta-" + box.dataset.ruta);
    if (field) { field.checked = !field.checked; mark(field); }
  });

  function mark(field) {
    document.querySelectorAll("rect[data-ruta]").forEach(function (box) {
      if ("ruta-" + box.dataset.ruta === field.id) { box.classList.toggle("vald", field.checked); }
    });
  }
  document.addEventListener("change", function (event) {
    var id = event.target.id || "", svg = document.querySelector(".ritbar .bildruta svg");
    if (id.indexOf("ruta-") === 0) { mark(event.target); }
    if (id.indexOf("m-") === 0 && svg) { drawArea(svg, areaOfFields()); }
  });

  function centre() {
    document.querySelectorAll(".bildruta").forEach(function (frame) {
      var box = frame.querySelector("rect.sentence") || frame.querySelector("rect.cell");
      if (!box) { return; }
      var place = box.getBoundingClientRect(), around = frame.getBoundingClientRect();
      frame.scrollTop += place.top - around.top - frame.clientHeight / 3;
      frame.scrollLeft += place.left - around.left - frame.clientWidth / 4;
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    centre();
    document.querySelectorAll("input[id^='ruta-']:checked").forEach(mark);
    var next = document.querySelector("[data-hamta]");
    if (next) { window.setTimeout(function () { new Image().src = next.dataset.hamta; }, 300); }
  });
  document.addEventListener("htmx:afterSettle", function () {
    centre();
    // The list is exchanged as a whole, which screen readers pass over: the count is said here.
    var said = document.getElementById("besked"), count = document.getElementById("traffar");
    if (said && count) { said.textContent = count.textContent; }
  });
}());
