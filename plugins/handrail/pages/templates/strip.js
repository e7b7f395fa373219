/* Who has closed the strip sees it closed on the next pages, and after the next save. */
((details) => {
  const name = "handrail-preview";
  try {
    if (sessionStorage.getItem(name) === "closed") details.open = false;
    details.addEventListener("toggle", () => sessionStorage.setItem(name, details.open ? "open" : "closed"));
  } catch {
    /* A browser that keeps nothing shows it as it comes. */
  }
})(document.currentScript.previousElementSibling);
