/* What the theme's search lacks: it hears keys alone, not what is pasted, dictated or taken from a bar of suggestions; and
 * where nothing is found it says so and leads nowhere. The worker tells when that is, with where to go instead. */
(() => {
  "use strict"

  const input = document.querySelector("input[data-md-component=search-query]")
  const result = document.querySelector("[data-md-component=search-result]")
  if (!input || !result) return
  const site = new URL("../../", document.currentScript.src)
  const box = Object.assign(document.createElement("div"), { className: "hr-search-nothing" })
  box.setAttribute("role", "status")
  result.insertBefore(box, result.lastElementChild) // the theme looks for its own at both ends

  function link(text, address, score) {
    const made = document.createElement("a"), inner = Object.assign(document.createElement("span"), { textContent: text })
    inner.dataset.mdScore = score // the theme opens the highest on Enter
    made.append(inner)
    made.href = new URL(address, site)
    return made
  }

  function show({ query, found, page, proposal }) {
    if (query !== input.value.trim()) return // of another tab, or of what has been typed since
    if (found) return box.replaceChildren()
    const look = link("Look in the finder", `${page}?${new URLSearchParams({ find: query })}`, 2)
    box.replaceChildren("Perhaps nobody has written it down yet.", look, ...proposal ? [link("Propose this procedure", proposal, 1)] : [])
  }

  new BroadcastChannel("handrail-search").addEventListener("message", ({ data }) => show(data))
  input.addEventListener("input", () => {
    box.replaceChildren()
    input.dispatchEvent(new Event("keyup"))
  })
  input.form.addEventListener("reset", () => box.replaceChildren())
})()
