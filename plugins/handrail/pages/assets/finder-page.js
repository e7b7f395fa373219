/* The page on which people look for a procedure. Everything that is found is put into it as text, never as HTML. */
(async () => {
  "use strict"

  const QUERY = "find" // the theme takes `q` for its own
  const AS_IT_SHOULD = "signed" // what is well needs no word
  const PATIENCE = 10_000, STEP = 20 // milliseconds
  const SHOWN = 20, NEAR = 5, FACETS = ["department", "state", "owner"], PAUSE = 300
  const NOTHING = "Nothing was found."
  const NO_COPY = "No page that you see here has or had a text with these digits. Find the page by its title, and go by that."
  const form = document.querySelector("#hr-finder")
  if (!form || form.dataset.ready) return
  form.dataset.ready = "true"
  const byId = id => document.getElementById(`hr-finder-${id}`)
  const input = byId("query"), list = byId("found"), status = byId("count")
  const site = new URL(form.dataset.site, location.href)
  const made = (tag, textContent, className = "") => Object.assign(document.createElement(tag), { textContent, className })
  const count = number => `${number} ${number === 1 ? "page" : "pages"}`
  const isMissing = "missing" in form.dataset // no page has this address
  let finder, timer

  // Where the theme loads a page in another's place, it runs the programs of a page in the order in which they come.
  for (let waited = 0; typeof HandrailFinder === "undefined" && waited < PATIENCE; waited += STEP)
    await new Promise(done => setTimeout(done, STEP))

  try {
    finder = new HandrailFinder(await (await fetch(new URL("assets/handrail/finder.json", site))).json())
  } catch {
    return // the sentence that stands in the page leads on
  }

  const facets = FACETS.map(name => form.elements[name])
  const fits = page => facets.every(({ name, value }) => !value || finder.column(name, page) === value)

  function result(page, query) {
    const item = document.createElement("li"), link = made("a", finder.titles[page])
    link.href = new URL(finder.url(page), site)
    const state = finder.column("state", page)
    if (state && state !== AS_IT_SHOULD) item.append(link, " ", made("span", state, "hr-state"))
    else item.append(link)
    item.append(made("div", finder.about(page, query), "hr-note"))
    return item
  }

  function say(words) {
    clearTimeout(timer)
    timer = setTimeout(() => { status.textContent = words }, PAUSE)
  }

  function show() {
    const query = input.value.trim(), isNarrowed = facets.some(facet => facet.value)
    const every = isNarrowed ? finder.titles.map((_, page) => ({ page })) : []
    const answer = query ? finder.answer(query) : { hits: every, meant: "" }
    const found = answer.hits.map(hit => hit.page).filter(fits)
    const pages = isMissing && query === guessed ? nearest(found) : found
    list.replaceChildren(...pages.slice(0, SHOWN).map(page => result(page, query)))
    const more = pages.length > SHOWN ? `, of which the first ${SHOWN} are shown` : ""
    say(pages.length ? `${count(pages.length)} found${more}.` : finder.digits(query) ? NO_COPY : query || isNarrowed ? NOTHING : "")
    byId("meant").hidden = !answer.meant || !finder.search(answer.meant).hits.some(hit => fits(hit.page))
    byId("meant").querySelector("button").textContent = answer.meant
    propose(query, pages.length)
    if (isMissing) return
    const address = new URL(location.href)
    for (const { name, value } of [{ name: QUERY, value: query }, ...facets])
      value ? address.searchParams.set(name, value) : address.searchParams.delete(name)
    history.replaceState(history.state, "", address)
  }

  function propose(query, found) {
    const part = byId("propose"), link = part.querySelector("a"), address = finder.proposal(query)
    part.hidden = !finder.words(query).length || Boolean(finder.digits(query))
    part.querySelector("span").textContent = found ? "Is it none of these?" : "Perhaps nobody has written it down yet."
    link.hidden = !address
    if (address) link.href = address
  }

  /** The first few of some pages, those before that have more parts of the address that leads nowhere. */
  function nearest(pages) {
    const parts = address => new Set(address.split("/").filter(Boolean))
    const wanted = parts(location.pathname.slice(site.pathname.length))
    const shared = page => [...parts(finder.url(page))].filter(part => wanted.has(part)).length
    return [...pages].sort((one, other) => shared(other) - shared(one)).slice(0, NEAR)
  }

  /** The words of the last part of an address that find something. */
  function named(path) {
    const parts = path.slice(site.pathname.length).split("/").map(part => part.replace(/\.\w+$/, "")).reverse()
    const words = parts.map(part => finder.words(readable(part)).join(" ")).filter(Boolean)
    return words.find(text => finder.search(text).hits.length) || words[0] || ""
  }

  function readable(part) {
    try {
      return decodeURIComponent(part)
    } catch {
      return part
    }
  }

  function move(event) {
    const stops = [input, ...list.querySelectorAll("a")], at = stops.indexOf(document.activeElement)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === "Escape" && at > 0) input.focus()
    else if (!step || at < 0 || !stops[at + step]) return
    else stops[at + step].focus()
    event.preventDefault()
    event.stopPropagation() // the theme has keys of its own
  }

  for (const facet of facets)
    facet.append(...finder.index[facet.name][0].filter(Boolean).map(value => new Option(value, value)))
  const typed = new URL(location.href).searchParams
  const guessed = isMissing ? named(location.pathname) : ""
  input.value = typed.get(QUERY) || guessed
  for (const facet of facets) {
    const wanted = typed.get(facet.name)
    if (finder.index[facet.name][0].includes(wanted)) facet.value = wanted
  }
  form.addEventListener("submit", event => {
    event.preventDefault()
    list.querySelector("a")?.focus()
  })
  form.addEventListener("input", show)
  for (const part of [form, list]) part.addEventListener("keydown", move)
  byId("meant").querySelector("button").addEventListener("click", event => {
    input.value = event.target.textContent
    input.focus()
    show()
  })
  byId("without").hidden = true
  form.hidden = false
  show()
})()
