// A closed part would be missing on paper.
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.dataset.was = d.open; d.open = true; }));
addEventListener("afterprint", () => document.querySelectorAll("details").forEach((d) => { d.open = d.dataset.was === "true"; }));
// A link to a folded cause opens it.
const reveal = () => { document.getElementById(location.hash.slice(1))?.querySelectorAll(":scope > details").forEach((d) => { d.open = true; }); };
addEventListener("hashchange", reveal);
reveal();
