/* What a value of front matter looks like in a form, and as it is typed; what the form does not change is what it was. */

// Values

export const isGroup = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

const mapped = (group, change) =>
  Object.fromEntries(Object.entries(group).map(([key, value]) => [key, change(value, key)]));

export function isEmpty(value) {
  if (value === undefined || value === null || value === "" || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** Leave out what is not filled in: an empty field is not there. */
export function tidied(value) {
  if (Array.isArray(value)) return value.map(tidied).filter((item) => !isEmpty(item));
  if (isGroup(value)) return Object.fromEntries(Object.entries(mapped(value, tidied)).filter(([, item]) => !isEmpty(item)));
  return typeof value === "string" && value.trim() === "" ? "" : value;
}

export function same(one, other) {
  if (one === null || other === null || typeof one !== "object" || typeof other !== "object") return Object.is(one, other);
  const keys = Object.keys(one);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]))
  );
}

export const sameAsSets = (one, other) => same([...one].sort(), [...other].sort());

// What a value looks like in a form, and as it is typed

const LETTERS = { decide: "D", agree: "A", recommend: "R", perform: "P", input: "I" };
const WORDS = Object.fromEntries(Object.entries(LETTERS).map(([word, letter]) => [letter, word]));
const AMONG_LETTERS = /&amp;|[,&\s]/;

/** Return an id, which may be typed in capitals, as the list of people has it. */
function asId(name) {
  const id = String(name).trim();
  return /^[A-Z0-9]+(-[A-Z0-9]+)*$/.test(id) ? id.toLowerCase() : id;
}

const asIds = (value) => (Array.isArray(value) ? value.map(asId) : asId(value));

const entries = (text) => text.split(/,(?![^()]*\))/).map((entry) => /^\s*([^(),]+?)\s*\(([^()]*)\)\s*$/.exec(entry));

/** Take `LBK(D), OHA(A)` apart; undefined where a part of it can't be read, for nobody may take the rest for all. */
function fromShort(text) {
  const roles = {};
  for (const entry of entries(text)) {
    const letters = entry ? entry[2].split(AMONG_LETTERS).filter(Boolean) : [];
    if (!letters.length) return undefined;
    for (const letter of letters) {
      const word = WORDS[letter.toUpperCase()];
      if (!word || (word === "decide" && roles.decide)) return undefined;
      if (word === "decide") roles.decide = asId(entry[1]);
      else (roles[word] = roles[word] || []).push(asId(entry[1]));
    }
  }
  return roles;
}

/** Put roles into the short form, each name spelled and placed as it was. */
function toShort(roles, before) {
  const named = new Map(entries(before).map((entry) => [asId(entry[1]), { name: entry[1], was: entry[2], letters: [] }]));
  for (const [word, letter] of Object.entries(LETTERS)) {
    for (const name of [roles[word] || []].flat()) {
      if (!named.has(name)) named.set(name, { name, was: "", letters: [] });
      named.get(name).letters.push(letter);
    }
  }
  return [...named.values()]
    .filter(({ letters }) => letters.length)
    .map(({ name, was, letters }) => {
      const stood = was.toUpperCase().split(/&AMP;|[,&\s]/).filter(Boolean);
      return `${name}(${sameAsSets(stood, letters) ? was : letters.join(", ")})`;
    })
    .join(", ");
}

/** Take a sentence apart as Handrail does: `(Team) Label: text`. */
function fromSentence(sentence) {
  const team = /^\(([^()]{1,60})\)\s+([^]+)$/.exec(sentence.trim());
  const rest = (team ? team[2] : sentence).trim();
  const label = /^([^:]{1,80}):\s+([^]+)$/.exec(rest);
  return tidied({ label: label ? label[1].trim() : "", text: (label ? label[2] : rest).trim(), team: team ? team[1].trim() : "" });
}

function amount(text) {
  return /^-?(0|[1-9][0-9]{0,14})(\.[0-9]*[1-9])?$/.test(text) ? Number(text) : text;
}

const FORMS = {
  /** Who decides, agrees and is asked: in words, or in the short form. */
  rapid: {
    shown: (value) => (isGroup(value) ? mapped(value, asIds) : fromShort(String(value))),
    typed: (value, before) => (typeof before === "string" ? toShort(value, before) : value),
  },
  /** A sentence, `Label: sentence`, or its parts. */
  item: {
    shown(value, { fields }) {
      if (!isGroup(value)) return fromSentence(String(value));
      const [key, ...more] = Object.keys(value);
      if (!more.length && !fields.includes(key)) return { label: key, text: String(value[key]) };
      return mapped(value, (part) => (typeof part === "number" ? String(part) : part));
    },
    typed(value, before, { fields }) {
      const parts = Object.keys(value);
      if (sameAsSets(parts, ["text"])) return value.text;
      if (sameAsSets(parts, ["label", "text"]) && !fields.includes(value.label)) return { [value.label]: value.text };
      return mapped(value, (part, key) => (key === "target" || key === "result" ? amount(part) : part));
    },
  },
  /** One, or a list of them. */
  several: {
    shown: (value) => [value].flat(),
    typed: (value, before) => (value.length === 1 && !Array.isArray(before) ? value[0] : value),
  },
  /** A text, or a group of fields, of which the form shows the text as the first. */
  either: {
    shown: (value) => (isGroup(value) ? value : { text_: String(value) }),
    typed: (value) => value.text_ ?? value,
  },
  /** A number or a text. */
  amount: { shown: String, typed: amount },
  /** A person or a group, by id. */
  who: { shown: asIds, typed: (value) => value },
  /** A document of one kind, by id. */
  reference: {
    shown(value, { kind }) {
      const bare = (one) => (String(one).startsWith(`${kind}:`) ? one.slice(kind.length + 1) : one);
      return Array.isArray(value) ? value.map(bare) : bare(value);
    },
    typed: (value) => value,
  },
};

/** Return a value as the form shows it; undefined where no form can, which then shows nothing and changes nothing. */
export function shown(node, value) {
  if (value === undefined || value === null) return undefined;
  if (node?.form) return FORMS[node.form].shown(value, node);
  if (node?.each) return Array.isArray(value) ? value.map((item) => shown(node.each, item)) : undefined;
  if (node?.fields) return isGroup(value) ? mapped(value, (item, key) => shown(node.fields[key], item)) : undefined;
  return value;
}

/** Return what a form holds as it is typed; what the form did not change is what it was. */
function typed(node, after, before) {
  const was = tidied(shown(node, before));
  if (same(after, was) || (isEmpty(after) && isEmpty(was))) return before;
  if (isEmpty(after)) return undefined;
  if (node?.form) return FORMS[node.form].typed(after, before, node);
  if (Array.isArray(after)) return typedItems(node?.each, after, Array.isArray(before) ? before : []);
  if (isGroup(after)) return typedFields(node?.fields ?? {}, after, isGroup(before) ? before : {});
  return after;
}

export function typedFields(nodes, after, before) {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const found = keys.map((key) => [key, typed(nodes[key], after[key], before[key])]);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

/** Pair the items of a list with those that were there: those that are the same, then the others by their places. */
function typedItems(node, after, before) {
  const was = before.map((item) => tidied(shown(node, item)));
  const free = new Set(before.keys());
  const from = after.map((item, at) => {
    const found = [at, ...free].find((index) => free.has(index) && same(item, was[index]));
    free.delete(found);
    return found;
  });
  return after.map((item, at) => typed(node, item, before[from[at] ?? (free.has(at) ? at : -1)]));
}

