/* Asks one engine every query; what is found are addresses of pages, each once, the best first. */
"use strict"

const json = async address => (await fetch(address)).json()
const script = address => new Promise(done => {
  document.head.append(Object.assign(document.createElement("script"), { src: address, onload: done }))
})
const pageOf = address => address.split("#")[0]

const engines = {
  async finder() {
    await script("../assets/handrail/finder.js")
    const finder = new HandrailFinder(await json("../assets/handrail/finder.json"))
    return { search: query => finder.search(query).hits.map(hit => finder.url(hit.page)) }
  },

  async theme() {
    const worker = new Worker("../assets/javascripts/workers/theme.js")
    const reply = message => new Promise(done => {
      worker.onmessage = ({ data }) => done(data)
      worker.postMessage(message)
    })
    const { config, docs } = await json("../assets/handrail/texts.json")
    await reply({ type: 0, data: { config, docs, options: { suggest: true } } })
    return { search: async query => (await reply({ type: 2, data: query })).data.items.map(group => pageOf(group[0].location)) }
  },

  async pagefind() {
    const pagefind = await import("./pagefind/pagefind.js")
    await pagefind.options({ baseUrl: "/" })
    await pagefind.init()
    return {
      search: async query => {
        const { results } = await pagefind.search(query)
        const found = await Promise.all(results.slice(0, 6).map(result => result.data()))
        return found.map(data => pageOf(data.url).replace(/^\//, ""))
      },
    }
  },

  async minisearch() {
    return mini(await json("fields.json"), { title: 8, asked: 6, id: 4, headings: 2 })
  },

  async minisearchText() {
    const { docs } = await json("../assets/handrail/texts.json")
    return mini(docs.map(({ location, title, text }) => ({ url: location, title, text: text || "" })), { title: 8 })
  },
}

async function mini(pages, boost) {
  await script("minisearch.js")
  const fields = Object.keys(pages[0]).filter(name => name !== "url")
  const searchOptions = { boost, prefix: true, fuzzy: term => (term.length > 3 ? 0.2 : false) }
  const options = { fields, idField: "number", storeFields: ["url", "title"], searchOptions }
  const index = new MiniSearch(options)
  index.addAll(pages.map((page, number) => ({ ...page, number })))
  return { search: query => index.search(query).map(result => pageOf(result.url)), index: JSON.stringify(index) }
}

async function measure(engine, queries) {
  const started = performance.now()
  const { search, index } = await engines[engine]()
  const ready = performance.now()
  const found = []
  for (const query of queries) found.push([...new Set(await search(query))].slice(0, 3))
  return { ready: ready - started, each: (performance.now() - ready) / queries.length, found, index }
}
