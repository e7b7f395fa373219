/* Stands in for the worker of the theme's search: answers first, at once, and then again with what another engine found
 * in the whole text: the theme's own worker, or Pagefind. Neither is loaded before something is typed. Messages are
 * {type, data}: 0 sets up, 1 is ready, 2 asks, 3 answers with groups of results, a page before its parts; the theme takes
 * their words for HTML. */
(() => {
  "use strict"

  const SET_UP = 0, READY = 1, ASK = 2, ANSWER = 3
  const channel = new BroadcastChannel("handrail-search")
  const IN_HEADER = 5, IN_TEXT = 10
  const asked = new URL(location).searchParams
  const address = name => new URL(asked.get(name), location).href
  const json = async name => (await fetch(new URL(name, location))).json()
  const encoded = sign => `&#${sign.charCodeAt()};`
  const escaped = text => text.replace(/[&<>"']/g, encoded)
  let settings, finder, engine, loading, query = ""
  // The theme marks these words in the page that is opened.
  const terms = () => Object.fromEntries(finder ? finder.content(finder.words(query)).map(word => [word, true]) : [])

  async function theme() {
    const worker = new Worker(address("theirs")), waiting = []
    const isSetUp = new Promise(done => {
      worker.addEventListener("message", ({ data: { type, data } }) => type === READY ? done() : waiting.shift()(data))
    })
    worker.postMessage({ type: SET_UP, data: { ...settings, ...await json("texts.json") } })
    await isSetUp
    return text => new Promise(done => {
      waiting.push(done)
      worker.postMessage({ type: ASK, data: text })
    })
  }

  async function pagefind() {
    const found = await import(address("pagefind"))
    await found.options({ baseUrl: "/" })
    const marked = text => text.replace(/<(?!\/?mark>)|["']/g, encoded)
    const item = (page, title, text, score) =>
      ({ location: page.replace(/^\//, ""), title: escaped(title), text: `<p>${marked(text)}</p>`, terms: terms(), score })
    const group = ({ url, meta, excerpt, sub_results: parts }, score) => [
      item(url, meta.title || "", excerpt, score),
      ...parts.filter(part => part.url !== url).map(part => item(part.url, part.title, part.excerpt, score / 2)),
    ]
    return async text => {
      const { results } = await found.search(text)
      const pages = await Promise.all(results.slice(0, IN_TEXT).map(result => result.data()))
      return { items: pages.map((page, at) => group(page, results[at].score)) }
    }
  }

  const ours = () => (finder ? finder.answer(query).hits : []).slice(0, IN_HEADER).map(({ page }) => [{
    location: finder.url(page), title: escaped(finder.titles[page]), text: `<p>${escaped(finder.about(page, query))}</p>`,
    terms: terms(), score: 1,
  }])

  /** The theme finds each text in which one word of a question stands: those are kept that have most of its words. */
  function telling(groups) {
    const words = ({ terms }) => Object.keys(terms).filter(word => !finder?.tellsNothing(word))
    const found = item => words(item).filter(word => item.terms[word]).length
    const items = groups.flat(), most = Math.max(0, ...items.map(found)), all = Math.max(0, ...items.map(item => words(item).length))
    if (most * 2 < all) return []
    const kept = groups.filter(group => group.some(item => found(item) === most))
    return kept.map(group => group.filter(item => found(item) === most || !item.location.includes("#")))
  }

  function merged(groups) {
    const mine = ours(), found = asked.has("theirs") ? telling(groups) : groups
    const most = Math.max(0, ...found.flat().map(item => item.score))
    const rest = found.filter(group => {
      const own = mine.find(([item]) => group.some(other => other.location === item.location))
      if (own) own.push(...group.filter(other => other.location !== own[0].location))
      return !own
    })
    mine.forEach(([item], at) => { item.score = most + mine.length - at })
    return [...mine, ...rest]
  }

  const answer = (items, rest) => postMessage({ type: ANSWER, data: { ...rest, items } })

  async function load() {
    try {
      importScripts("finder.js")
      finder = new HandrailFinder(await json("finder.json"))
    } catch {
      // The other engine answers alone.
    }
    const mine = ours()
    if (mine.length) answer(mine)
    engine = await (asked.has("pagefind") ? pagefind() : theme()).catch(() => async () => ({ items: [] }))
  }

  addEventListener("message", async ({ data: { type, data } }) => {
    if (type === SET_UP) {
      settings = data
      return postMessage({ type: READY })
    }
    query = data.trim()
    if (!query) return answer([])
    const mine = ours()
    if (mine.length) answer(mine)
    const text = query
    await (loading ||= load())
    if (text !== query) return
    const found = await engine(text)
    if (text !== query) return
    const groups = merged(found.items)
    answer(groups, found)
    if (finder) channel.postMessage({ query, found: groups.length, page: finder.index.page, proposal: finder.proposal(query) })
  })
})()
