(function () {
  "use strict";
  var form = document.getElementById("filter");
  var cards = Array.prototype.slice.call(document.querySelectorAll("article.flag"));
  if (form && cards.length) {
    form.hidden = false;
    var shown = document.getElementById("visas");
    var apply = function () {
      var want = { severity: form.severity.value, check: form.check.value, document: form.document.value, status: form.status.value };
      var text = form.text.value.trim().toLocaleLowerCase("sv");
      var n = 0;
      cards.forEach(function (card) {
        var fits = Object.keys(want).every(function (key) { return !want[key] || card.dataset[key] === want[key]; });
        if (fits && text) { fits = card.textContent.toLocaleLowerCase("sv").indexOf(text) >= 0; }
        card.hidden = !fits;
        if (fits) { n += 1; }
      });
      shown.textContent = "Visar " + n + " av " + cards.length;
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    apply();
  }
  var reveal = function () {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    target.hidden = false;
    for (var at = target; at; at = at.parentElement) { if (at.tagName === "DETAILS") { at.open = true; } }
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", reveal);
  reveal();
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (one) { one.open = true; });
  });
})();
