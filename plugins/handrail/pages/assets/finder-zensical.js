/* Stands in for the worker of Zensical's search: what the finder finds comes first, then what Zensical finds in the whole text. Messages
 * are {type, data}: 0 sets up with all texts, 1 is ready, 2 asks, 3 answers with the numbers of texts, a page of them at a time. The
 * finder is not loaded before something is typed. */
(() => {
  "use strict"

  const SET_UP = 0, ASK = 2, ANSWER = 3, FIRST = 5
  const site = new URL("../../", location)
  const theirs = new Worker(new URL(new URL(location).searchParams.get("theirs"), location))
  const asked = []
  let numbers = new Map(), finder, loading

  async function load() {
    importScripts("finder.js")
    finder = new HandrailFinder(await (await fetch(new URL("finder.json", location))).json())
  }

  /** The numbers of the pages that the finder finds; none where it can't be loaded, or only some kinds of page are asked for. */
  function found({ input, filter }) {
    const narrowed = filter?.input?.data?.operands?.length
    if (!finder || narrowed || typeof input !== "string" || !input.trim()) return []
    const pages = finder.answer(input.trim()).hits.slice(0, FIRST).map(({ page }) => new URL(finder.url(page), site).pathname)
    return pages.map(path => numbers.get(path)).filter(number => number !== undefined)
  }

  function merged(answer, question) {
    const first = found(question), known = new Map(answer.items.map(item => [item.id, item]))
    const rest = answer.items.filter(({ id }) => !first.includes(id))
    if (answer.pagination?.prev) return { ...answer, items: rest } // a further page of answers
    const added = first.filter(id => !known.has(id)).length
    const pagination = { ...answer.pagination, total: (answer.pagination?.total ?? 0) + added }
    return { ...answer, pagination, items: [...first.map(id => known.get(id) ?? { id, matches: [] }), ...rest] }
  }

  theirs.addEventListener("message", ({ data: { type, data } }) => {
    postMessage(type === ANSWER ? { type, data: merged(data, asked.shift() ?? {}) } : { type, data })
  })

  addEventListener("message", async ({ data: message }) => {
    if (message.type === SET_UP) {
      const pages = message.data.items.map(({ location: at }, number) => [new URL(at, site), number])
      numbers = new Map(pages.filter(([at]) => !at.hash).map(([at, number]) => [at.pathname, number]).reverse())
    }
    if (message.type === ASK) {
      if (message.data.input) await (loading ||= load().catch(() => {}))
      asked.push(message.data)
    }
    theirs.postMessage(message)
  })
})()
