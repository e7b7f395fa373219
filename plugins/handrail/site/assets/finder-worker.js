/* Stands in for the worker of the theme's search: answers first, at once, and then again with what another engine found
 * in the whole text: the theme's own worker, or Pagefind. Messages are {type, data}: 0 sets up, 1 is ready, 2 asks, 3 answers with
 * groups of results, a page before its parts; the theme takes their words for HTML. */
(() => {
  "use strict"

  try {
    importScripts("finder.js")
  } catch {
    // The other engine answers alone.
  }
  const IN_HEADER = 5, IN_TEXT = 10
  const asked = new URL(location).searchParams
  const address = name => new URL(asked.get(name), location).href
  const load = async () => new HandrailFinder(await (await fetch(new URL("finder.json", location))).json())
  const index = load().catch(() => null)
  const encoded = sign => `&#${sign.charCodeAt()};`
  const escaped = text => text.replace(/[&<>"']/g, encoded)
  let finder = null, query = "", isReady = false
  // The theme marks these words in the page that is opened.
  const terms = () => Object.fromEntries(finder ? finder.content(finder.words(query)).map(word => [word, true]) : [])

  function theme() {
    const worker = new Worker(address("theirs")), waiting = []
    let ready
    const isSetUp = new Promise(done => { ready = done })
    worker.addEventListener("message", ({ data: { type, data } }) => type === 1 ? ready() : waiting.shift()(data))
    return {
      setUp: message => (worker.postMessage(message), isSetUp),
      ask: text => new Promise(done => {
        waiting.push(done)
        worker.postMessage({ type: 2, data: text })
      }),
    }
  }

  function pagefind() {
    const engine = import(address("pagefind")).then(async found => (await found.options({ baseUrl: "/" }), found))
    const marked = text => text.replace(/<(?!\/?mark>)|["']/g, encoded)
    const item = (page, title, text, score) =>
      ({ location: page.replace(/^\//, ""), title: escaped(title), text: `<p>${marked(text)}</p>`, terms: terms(), score })
    const group = ({ url, meta, excerpt, sub_results: parts }, score) => [
      item(url, meta.title || "", excerpt, score),
      ...parts.filter(part => part.url !== url).map(part => item(part.url, part.title, part.excerpt, score / 2)),
    ]
    return {
      setUp: () => engine,
      ask: async text => {
        const { results } = await (await engine).search(text)
        const pages = await Promise.all(results.slice(0, IN_TEXT).map(result => result.data()))
        return { items: pages.map((page, at) => group(page, results[at].score)) }
      },
    }
  }

  const ours = () => (finder ? finder.answer(query).hits : []).slice(0, IN_HEADER).map(({ page }) => [{
    location: finder.url(page), title: escaped(finder.titles[page]), text: `<p>${escaped(finder.about(page, query))}</p>`,
    terms: terms(), score: 1,
  }])

  function merged(groups) {
    const mine = ours(), most = Math.max(0, ...groups.flat().map(item => item.score))
    const rest = groups.filter(group => {
      const own = mine.find(([item]) => group.some(other => other.location === item.location))
      if (own) own.push(...group.filter(other => other.location !== own[0].location))
      return !own
    })
    mine.forEach(([item], at) => { item.score = most + mine.length - at })
    return [...mine, ...rest]
  }

  const answer = (items, rest) => postMessage({ type: 3, data: { ...rest, items } })

  async function ask() {
    const text = query, found = await engine.ask(text)
    if (text === query) answer(merged(found.items), found)
  }

  const engine = asked.has("pagefind") ? pagefind() : theme()
  addEventListener("message", async ({ data: message }) => {
    if (message.type !== 2) {
      engine.setUp(message).then(() => {
        isReady = true
        if (query) ask()
      })
      finder = await index
      return postMessage({ type: 1 })
    }
    query = message.data
    const mine = ours()
    if (mine.length || !isReady) answer(mine)
    if (isReady) ask()
  })
})()
