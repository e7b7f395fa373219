/* How Sveltia CMS reads and saves a page of the handbook.

   A page that was opened and saved is the same file. What no form shows, such as signatures, comments and keys of other
   programs, is taken from the page as it stood. What is written is read again first, and is not saved where it would say
   something else than the form. */

import { isGroup, same, shown, tidied, typedFields } from "./forms.js";
import { parsed, patched, written } from "./lines.js";

const FRONT = /^---[ \t]*\n(?:([^]*?)\n)??---[ \t]*(?:\n|$)/;

function split(text) {
  const front = FRONT.exec(text);
  return front ? { front: front[0], head: front[1] ?? "", body: text.slice(front[0].length) } : { front: "", head: "", body: text };
}

const SECTIONS = ["priorities", "methods", "obstacles", "measures"];

const heading = (body) => /^# (.+)$/m.exec(body)?.[1].trim();

/** Return the id of a new page: its title in small letters, digits and single hyphens. */
function idOf(title) {
  const words = String(title).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().split(/[^a-z0-9]+/);
  return words.filter(Boolean).join("-").slice(0, 60).replace(/-$/, "");
}

const isHere = (person, today) => !(person.until < today);

const once = (listed) => [...new Map(listed.filter((one) => one.id).map((one) => [one.id, one])).values()];

/** What lists show and other pages choose from: names of ours, which end in `_` and are never saved. */
function choices(data, known) {
  if (!data.kind) return {};
  const period = data.period?.name ?? data.period;
  const found = { ref_: `${data.kind}:${data.id}${period ? `@${period}` : ""}` };
  if (period) {
    const labels = SECTIONS.flatMap((name) => known[name] ?? []).map(({ label }) => ({ id: label, name: label }));
    Object.assign(found, { plan_: `${data.id}@${period}`, labels_: once(labels) });
  }
  if (Array.isArray(data.people)) {
    const today = new Date().toLocaleDateString("sv");
    const people = data.people.filter((one) => isGroup(one) && isHere(one, today));
    found.people_ = once(people.map(({ id, name, job }) => ({ id, name: job ? `${name}, ${job}` : name })));
    found.who_ = once([...found.people_, ...(data.groups ?? []).filter(isGroup).map(({ id, name }) => ({ id, name: `${name} (group)` }))]);
  }
  return found;
}

/** Return the format of pages, by the forms of each kind: of each field that a form shows, what its value looks like there. */
export function format(forms) {
  const formsOf = (kind) => (Object.hasOwn(forms, kind ?? "") ? forms[kind ?? ""] : {});

  function fromFile(text) {
    const { head, body } = split(text);
    const data = parsed(head);
    const fields = Object.entries(formsOf(data.kind)).map(([name, node]) => [name, shown(node, data[name])]);
    const known = Object.fromEntries(fields.filter(([, value]) => value !== undefined));
    const titled = heading(body) ? { title: heading(body) } : {};
    return { ...titled, ...known, kind: data.kind, body, page_: text, ...choices(data, known) };
  }

  function toFile(content) {
    const { front, head, body } = split(content.page_ ?? "");
    const before = parsed(head);
    const nodes = formsOf(before.kind ?? content.kind);
    const form = tidied(Object.fromEntries(Object.keys(nodes).map((name) => [name, content[name]])));
    if (before.title === undefined && form.title === heading(body)) delete form.title;
    const begun = content.page_ || !content.kind ? {} : { kind: content.kind, id: form.id ?? idOf(form.title) };
    const untouched = Object.fromEntries(Object.entries(before).filter(([name]) => !Object.hasOwn(nodes, name)));
    const after = { ...typedFields(nodes, { ...begun, ...form }, before), ...untouched };
    return frontMatter(front, head, before, after, Object.keys(nodes)) + (content.body ?? body);
  }

  return { fromFile, toFile };
}

function frontMatter(front, head, before, after, order) {
  if (same(before, after)) return front;
  const anew = () => Object.entries(after).flatMap(([name, value]) => written(`${name}:`, value, 0));
  const lines = (head && patched(head.split("\n"), before, after, order)) || anew();
  if (!same(parsed(lines.join("\n")), after)) throw new Error("The page would not say what the form says, so it is not saved.");
  return `---\n${lines.join("\n")}\n---\n`;
}
