/* The finder: searches the index beside it. How words are cut and pages ranked is written down in search/words.py and
 * search/ranking.py; this is the second reading of it, with the names of the first. */
(() => {
  "use strict"

  const MOST_TYPED = 60, MOST_WORDS = 12, PART = 3, PHRASE = 30, CUT = 6, FAR = 99
  const EXACT = 100, FORM = 97, SYNONYM = 75, SLIP = 70, SLIPS = 50, PREFIX = 35, INSIDE = 35, KIN = 60
  const LINKS = ["", "s", "es", "n", "en"], LEAST_INSIDE = 5, RUN_OF_LETTERS = 5, FIRST_RUN = 4, LONG_RUN = 8
  const UNWRITTEN = 2
  const UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{3ffff}"
  const RUN = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu")
  const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u")
  const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670'\u2019\u02bc]/g
  const KANA = /[\u3040-\u30ff][\u3099\u309a]/g, HIRAGANA = /^[\u3041-\u309f]+$/
  const COPY = /^(?:t2:)?([0-9a-f]{8})(?:[0-9a-f]{56})?$/
  const DIGITS = "0123456789abcdefghijklmnopqrstuv", LAST = "ABCDEFGHIJKLMNOPQRSTUVWXYZ!#$%&("

  const div = (number, by) => Math.floor(number / by)
  const size = word => [...word].length
  const add = (map, key, make) => (map.has(key) || map.set(key, make()), map.get(key))
  const raise = (map, key, value) => map.set(key, Math.max(map.get(key) || 0, value))
  const capital = text => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
  const same = (one, other) => one.length === other.length && one.every((word, at) => word === other[at])

  function distance(one, other, most) {
    const a = [...one], b = [...other]
    if (Math.abs(a.length - b.length) > most) return FAR
    let earlier, before = [], row = b.map((_, at) => at).concat(b.length)
    for (let i = 1; i <= a.length; i++) {
      [earlier, before, row] = [before, row, [i]]
      for (let j = 1; j <= b.length; j++) {
        let edits = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && b[j - 1] === a[i - 2]) edits = Math.min(edits, earlier[j - 2] + 1)
        row.push(edits)
      }
      if (Math.min(...row) > most) return FAR
    }
    return row[b.length] <= most ? row[b.length] : FAR
  }

  function slips(word, term) {
    const [shorter, longer] = [size(word), size(term)].sort((one, other) => one - other)
    const most = shorter >= 8 ? 2 : longer >= 4 && shorter >= 3 ? 1 : 0
    return most ? distance(word, term, most) : FAR
  }

  const byLength = (one, other) => [[...one], [...other]].sort((a, b) => a.length - b.length)

  function longestRun(shorter, longer, least) {
    let run = 0
    for (let at = 0; at <= shorter.length - least; at++)
      for (let most; (most = Math.max(run + 1, least)) <= shorter.length - at; run = most)
        if (!longer.includes(shorter.slice(at, at + most).join(""))) break
    return run
  }

  function decoded(text, fields) {
    const found = []
    let page = -1, number = 0, place = 1
    for (const sign of text) {
      const digit = DIGITS.indexOf(sign)
      if (digit >= 0) {
        number += digit * place
        place *= 32
        number += place
        continue
      }
      number += LAST.indexOf(sign) * place
      page += div(number, fields) + 1
      found.push([page, number % fields])
      number = 0
      place = 1
    }
    return found
  }

  class Finder {
    constructor(index) {
      this.index = index
      this.stop = new Set(index.stop.split(" "))
      this.forms = new Map(Object.entries(index.forms))
      this.stems = new Map()
      this.affixes = index.affixes.map(([letters, beginnings, endings]) =>
        [new RegExp(`^[${letters}]+$`), beginnings.split(" "), endings.split(" ")])
      this.titles = index.titles
      this.asked = index.asked.map(phrases => phrases.split("|").filter(Boolean))
      this.phrases = this.titles.map((title, page) => [title, ...this.asked[page]].map(text => this.words(text)))
      this.contents = this.phrases.map(phrases => phrases.map(phrase => this.content(phrase)))
      this.texts = index.texts.map(texts => texts.split("|"))
      this.ids = index.names.map((name, page) => this.words(index.ids[page] || name.replace(/\/$|\.html$/, "")))
      this.joined = new Map()
      this.phrases.forEach((phrases, page) => [...phrases, this.ids[page]].forEach(phrase =>
        phrase.slice(1).forEach((next, at) => add(this.joined, phrase[at] + next, () => [phrase[at], next]))))
      this.terms = this.weigh()
      this.byStem = new Map()
      this.bySpelling = new Map()
      for (const term of this.terms.keys()) {
        add(this.byStem, this.stem(term), () => []).push(term)
        add(this.bySpelling, this.spelling(term), () => []).push(term)
      }
      this.written = this.asWritten([...this.titles, ...this.asked.flat()])
      this.synonyms = new Map()
      for (const group of index.synonyms)
        for (const word of group)
          add(this.synonyms, this.stem(word), () => []).push(...group.filter(other => other !== word))
    }

    column(name, page) {
      const [known, numbers] = this.index[name]
      return known[numbers[page]]
    }

    url(page) {
      return this.column("folder", page) + this.index.names[page]
    }

    words(text) {
      const plain = text.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(KANA, kana => kana.normalize("NFC"))
      const folded = [...plain].map(letter => this.index.folds[letter] || letter).join("")
      const found = []
      for (const word of folded.match(/[\p{L}\p{N}\p{M}]+/gu) || [])
        for (const run of word.match(RUN)) {
          const signs = [...run]
          if (!IS_UNSPACED.test(run)) found.push(run)
          else for (let at = 0; at < Math.max(1, signs.length - 1); at++) found.push(signs.slice(at, at + 2).join(""))
        }
      return found
    }

    /** The words of texts that are written otherwise than they are folded, with how they are, in small letters. */
    asWritten(texts) {
      const found = new Map()
      for (const text of texts)
        for (const part of text.match(/[\p{L}\p{N}\p{M}'\u2019\u02bc]+/gu) || []) {
          const [word, ...rest] = this.words(part), written = part.toLowerCase()
          if (word && !rest.length && word !== written && !IS_UNSPACED.test(word)) add(found, word, () => written)
        }
      return found
    }

    stem(word) {
      return add(this.stems, word, () => this.stemOf(this.forms.get(word) || word))
    }

    stemOf(word) {
      if (!/^[a-z]+$/.test(word)) return this.withoutAffixes(word)
      if (word.length > 3) {
        const plurals = [[/(..)ie[sd]$/, "$1y"], [/([sxz]|[cs]h)es$/, "$1"], [/([^sui])s$/, "$1"]]
        const plural = plurals.find(([ending]) => ending.test(word))
        if (plural) word = word.replace(...plural)
        for (let rest; (rest = this.withoutEnding(word)) !== word;) word = rest
        if (word.length > 3) word = word.replace(/e$/, "")
      }
      return word.replace(/([^aeiou])y$/, "$1i").replace(/([^aeiou])\1$/, "$1")
    }

    spelling(word) {
      return /^[a-z]+$/.test(word) ? this.stem(word).replace(/([aou])e/g, "$1") : this.stem(word)
    }

    withoutAffixes(word) {
      for (const [letters, beginnings, endings] of this.affixes)
        if (letters.test(word)) {
          const goes = affix => affix && word.length - affix.length >= 3
          const begin = beginnings.find(one => goes(one) && word.startsWith(one)) || ""
          word = word.slice(begin.length)
          for (let end; (end = endings.find(one => goes(one) && word.endsWith(one)));) word = word.slice(0, -end.length)
        }
      return word
    }

    withoutEnding(word) {
      for (const [ending, least] of Object.entries(this.index.endings)) {
        const rest = word.slice(0, -ending.length)
        if (word.endsWith(ending) && rest.length >= least && /[aeiouy]/.test(rest) && !word.endsWith("eed")) return rest
      }
      return word
    }

    tellsNothing(word) {
      return this.stop.has(word) || HIRAGANA.test(word)
    }

    content(phrase) {
      const kept = phrase.filter(word => !this.tellsNothing(word))
      return kept.length ? kept : phrase
    }

    weigh() {
      const { weights, terms, postings } = this.index, found = new Map()
      const put = (word, page, weight) => add(add(found, word, () => new Map()), page, () => weight)
      this.phrases.forEach((phrases, page) => {
        phrases.forEach((phrase, at) => phrase.forEach(word => put(word, page, at ? weights.asked : weights.title)))
        this.ids[page].forEach(word => put(word, page, weights.id))
      })
      const coded = postings.split(" ")
      terms.split(" ").forEach((term, at) => {
        for (const [page, field] of decoded(coded[at], weights.others.length)) put(term, page, weights.others[field])
      })
      return found
    }

    search(query) {
      const typed = this.words(query).slice(0, MOST_TYPED), meant = this.cutAnew(typed), byStem = new Map()
      for (const word of this.content(meant)) add(byStem, this.stem(word), () => word)
      const asked = [...byStem.values()].slice(0, MOST_WORDS)
      const found = asked.map(word => this.found(word, word === meant[meant.length - 1]))
      const known = found.filter(terms => terms.size).map(terms => [terms, this.rarity(terms)])
      const isUnsure = ([, terms]) => Math.max(0, ...terms.values()) <= SLIP
      const unsure = new Map(asked.map((word, at) => [word, found[at]]).filter(isUnsure))
      const named = this.content(meant).map(word => [this.stem(word), unsure.get(word) || new Map()])
      return { hits: known.length ? this.hits(typed, named, known) : [], meant: this.putRight(meant, unsure, this.asWritten([query])) }
    }

    cutAnew(typed) {
      const meant = [], rest = [...typed]
      while (rest.length) {
        let word = rest.shift()
        if (rest.length && /^\p{L}+$/u.test(word + rest[0]) && this.terms.has(word + rest[0])) word += rest.shift()
        meant.push(...(this.isKnown(word) ? [word] : this.parted(word)))
      }
      return meant
    }

    isKnown(word) {
      return this.terms.has(word) || this.byStem.has(this.stem(word)) || this.bySpelling.has(this.spelling(word))
    }

    parted(word) {
      if (this.joined.has(word)) return this.joined.get(word)
      const signs = [...word]
      for (let at = PART; at <= signs.length - PART; at++) {
        const first = signs.slice(0, at), rest = signs.slice(at).join("")
        if ([first.join(""), rest].every(part => this.terms.has(part))) return [first.join(""), rest]
        for (const link of LINKS) {
          const parts = [first, signs.slice(at + link.length)]
          if (!rest.startsWith(link) || parts.some(part => part.length <= PART)) continue
          const words = parts.map(part => part.join(""))
          if (words.every(part => this.isKnown(part))) return words
        }
      }
      return [word]
    }

    found(word, last) {
      const forms = this.byStem.get(this.stem(word)) || this.bySpelling.get(this.spelling(word)) || []
      const found = new Map(forms.map(term => [term, FORM]))
      if (this.terms.has(word)) found.set(word, EXACT)
      for (const other of this.synonyms.get(this.stem(word)) || []) {
        const terms = [...(this.terms.has(other) ? [other] : []), ...(this.byStem.get(this.stem(other)) || [])]
        for (const term of terms) raise(found, term, SYNONYM)
      }
      const isKnown = found.size > 0, length = size(word)
      for (const term of this.terms.keys())
        if ((last || length >= 3) && term.startsWith(word)) {
          raise(found, term, PREFIX + div(PREFIX * length, size(term)))
        } else if (length >= LEAST_INSIDE && term.endsWith(word)) {
          raise(found, term, INSIDE)
        } else if (!isKnown) {
          const edits = this.edits(word, term)
          if (edits < FAR) raise(found, term, edits <= 1 ? SLIP : SLIPS)
        }
      return found.size ? found : this.kindred(word)
    }

    edits(word, term) {
      return Math.min(slips(word, term), slips(this.stem(word), this.stem(term)))
    }

    kindred(word) {
      return new Map([...this.terms.keys()].map(term => [term, this.kin(word, term)]).filter(([, share]) => share))
    }

    kin(word, term) {
      const [part, whole] = byLength(word, term)
      if (part.length >= RUN_OF_LETTERS && whole.join("").includes(part.join(""))) return div(KIN * part.length, whole.length)
      const [shorter, longer] = byLength(this.spelling(word), this.spelling(term))
      const begin = shorter.slice(0, FIRST_RUN).join(""), isBegun = begin === longer.slice(0, FIRST_RUN).join("")
      const run = longestRun(shorter, longer.join(""), isBegun ? FIRST_RUN : RUN_OF_LETTERS)
      const isEnough = 3 * run >= 2 * shorter.length || (run >= LONG_RUN && 2 * run >= shorter.length)
      return run && isEnough ? div(KIN * run, longer.length) : 0
    }

    rarity(terms) {
      const pages = new Set()
      for (const term of terms.keys()) for (const page of this.terms.get(term).keys()) pages.add(page)
      return 3 + 32 - Math.clz32(div(this.titles.length, pages.size))
    }

    hits(typed, named, known) {
      const total = known.reduce((sum, [, rarity]) => sum + rarity, 0), field = new Map(), cover = new Map()
      for (const [terms, rarity] of known) {
        const best = new Map()
        for (const [term, perCent] of terms)
          for (const [page, weight] of this.terms.get(term)) raise(best, page, perCent * weight)
        for (const [page, value] of best) {
          field.set(page, (field.get(page) || 0) + rarity * value)
          cover.set(page, (cover.get(page) || 0) + rarity)
        }
      }
      const fits = new Map(), rarities = known.map(([, rarity]) => rarity), hits = []
      known.forEach(([terms], at) => terms.forEach((perCent, term) => add(fits, term, () => []).push([at, perCent])))
      for (const [page, value] of field) {
        const score = div(div(value * cover.get(page), total) + PHRASE * this.phrase(page, fits, rarities), total)
        const standing = this.index.standings[this.column("standing", page)]
        const weighed = div(div(score * standing, 100) * this.column("weight", page), 100)
        hits.push({ page, tier: this.tier(page, typed, named), score: weighed })
      }
      hits.sort((one, other) => other.tier - one.tier || other.score - one.score || one.page - other.page)
      const best = hits.reduce((most, hit) => Math.max(most, hit.score), 0)
      return hits.filter(hit => hit.score * CUT >= best || hit.tier)
    }

    phrase(page, fits, rarities) {
      let most = 0
      this.contents[page].forEach(phrase => {
        const best = new Map(), found = phrase.filter(term => fits.has(term))
        for (const term of found) for (const [at, perCent] of fits.get(term)) raise(best, at, perCent)
        let value = 0
        for (const [at, perCent] of best) value += rarities[at] * perCent
        value = div(value * found.length, phrase.length || 1)
        most = Math.max(most, value)
      })
      return most
    }

    tier(page, typed, named) {
      const [title, ...asked] = this.phrases[page]
      if (same(typed, title)) return 3
      if (asked.some(phrase => same(typed, phrase)) || same(typed, this.ids[page])) return 2
      const fits = (word, at) => this.stem(word) === named[at][0] || named[at][1].has(word)
      return this.contents[page].some(phrase => phrase.length === named.length && phrase.every(fits)) ? 1 : 0
    }

    putRight(meant, unsure, typed) {
      const near = [...unsure].map(([word, terms]) => [word, this.nearest(word, [...terms.keys()])]).filter(([, term]) => term)
      const instead = new Map(near.map(([word, nearest]) => [word, this.written.get(nearest) || nearest]))
      const kept = meant.filter(word => instead.has(word) || unsure.get(word)?.size !== 0)
      return instead.size ? kept.map(word => instead.get(word) || typed.get(word) || word).join(" ") : ""
    }

    nearest(word, found) {
      if (found.some(term => term.startsWith(word))) return ""
      let best
      for (const term of found) {
        const edits = this.edits(word, term), count = this.terms.get(term).size
        if (edits === FAR) continue
        const order = best && (edits - best.edits || best.count - count || (term < best.term ? -1 : 1))
        if (!best || order < 0) best = { edits, count, term }
      }
      return best ? best.term : ""
    }

    /** The digits by which a printed copy is known, where a query is nothing else, or the whole digest. */
    digits(query) {
      return query.trim().toLowerCase().match(COPY)?.[1] || ""
    }

    /** What is said of a printed copy with the digits of a query, by the pages whose text it is or was. */
    copies(query) {
      const digits = this.digits(query), found = new Map()
      if (digits) this.texts.forEach(([now, ...earlier], page) => {
        const replaced = earlier.find(text => text.startsWith(digits)), day = replaced?.slice(digits.length + 1)
        if (now === digits) found.set(page, this.standing(page))
        else if (replaced) found.set(page, `This text was replaced${day ? ` on ${day}` : ""}: open the page.`)
      })
      return found
    }

    standing(page) {
      if (!this.column("standing", page)) return "This text is in force."
      return `This is the page’s text of today, and not in force: ${this.column("state", page)}.`
    }

    /** What is shown to whoever asks: the pages of a printed copy, else what the words find. */
    answer(query) {
      const copies = [...this.copies(query).keys()]
      if (copies.length) return { hits: copies.map(page => ({ page })), meant: "" }
      const answer = this.search(query)
      return this.digits(query) ? { ...answer, meant: "" } : answer
    }

    /** Where a procedure that is not there is proposed, begun with what was looked for; nothing where nobody knows. */
    proposal(query) {
      const words = this.words(query)
      if (!this.index.new || !words.length || this.digits(query)) return ""
      const id = words.map(word => word.replace(/[^a-z0-9]/g, "")).filter(Boolean).join("-").slice(0, 60).replace(/-$/, "")
      const filled = (address, from, to) => address.split(encodeURIComponent(from)).join(encodeURIComponent(to))
      const named = filled(this.index.new, "New procedure", JSON.stringify(capital(query).slice(0, 80)))
      return id ? filled(named, "new-procedure", id) : named
    }

    /** What is said of a page below its title. */
    about(page, query) {
      const copy = this.copies(query).get(page)
      if (copy) return copy
      const ask = this.column("ask", page), typed = new Set(this.words(query).map(word => this.stem(word)))
      if (this.column("standing", page) === UNWRITTEN)
        return `${capital(this.column("state", page))}.${ask ? ` Ask ${ask}.` : ""}`
      const fits = phrase => this.content(this.words(phrase)).some(word => typed.has(this.stem(word)))
      const phrase = this.asked[page].find(fits)
      const facts = [this.column("kind", page), this.column("department", page)].filter(Boolean).join(", ")
      return `${capital(facts)}.${phrase ? ` Also asked as “${phrase}”.` : ""}`
    }
  }

  self.HandrailFinder = Finder
})()
