/* The lines of front matter: a changed value is written anew, and all else stays letter for letter as it stood. */

import { isGroup, same, sameAsSets } from "./forms.js";

const WIDTH = 120;

export function parsed(yaml) {
  const data = globalThis.jsyaml.load(yaml, { schema: globalThis.jsyaml.CORE_SCHEMA });
  return isGroup(data) ? data : {};
}

// Writing

/** Write a text, a number or a truth; `flow` says that it stands within brackets. */
function scalar(value, flow) {
  if (typeof value !== "string") return JSON.stringify(value);
  const quoted = JSON.stringify(value);
  const plain = /^[^\s\-?:,[\]{}#&*!|>'"%@`]/.test(value) && !/:(\s|$)|\s#|[^\S ]|\s$/.test(value) && !(flow && /[,[\]{}]/.test(value));
  return plain && parsed(`k: ${value}`).k === value ? value : quoted;
}

function inLine(value) {
  if (Array.isArray(value)) return `[${value.map(inLine).join(", ")}]`;
  if (isGroup(value)) return `{${Object.entries(value).map(([key, item]) => `${scalar(key, true)}: ${inLine(item)}`).join(", ")}}`;
  return scalar(value, true);
}

/** Write a value behind `start`, on one line where it fits there, else below it. */
export function written(start, value, indent) {
  const pad = " ".repeat(indent + 2);
  if (typeof value === "string" && value.includes("\n")) {
    const plain = value.split("\n").every((line) => line.trim() === line && line) && parsed(`k: |-\n${value.replace(/^/gm, "  ")}`).k === value;
    return plain ? [`${start} |-`, ...value.split("\n").map((line) => pad + line)] : [`${start} ${JSON.stringify(value)}`];
  }
  if (typeof value !== "object") return [`${start} ${scalar(value, false)}`];
  const line = `${start} ${inLine(value)}`;
  const parts = Object.values(value);
  const isFlat = Array.isArray(value) ? parts.every((part) => typeof part !== "object") : start.endsWith("-") || parts.every((part) => typeof part !== "object");
  if (line.length <= WIDTH && isFlat && !(start.endsWith("-") && Object.keys(value).length === 1)) return [line];
  if (Array.isArray(value)) return [start, ...value.flatMap((item) => written(`${pad}-`, item, indent + 2))];
  const below = Object.entries(value).flatMap(([key, item]) => written(`${pad}${scalar(key, true)}:`, item, indent + 2));
  return start.endsWith("-") ? [`${start} ${below[0].trimStart()}`, ...below.slice(1)] : [start, ...below];
}

// Lines that are there

/** Cut lines into the parts that begin at an indent; what stands above the first is its own. Null where they don't say that. */
function partsOf(lines, begin) {
  const parts = [];
  let above = [];
  for (const line of lines) {
    if (begin.test(line)) {
      parts.push({ above, lines: [line] });
      above = [];
    } else if (/^\s*(#|$)/.test(line)) {
      above.push(line);
    } else if (parts.length) {
      parts.at(-1).lines.push(...above, line);
      above = [];
    } else {
      return null;
    }
  }
  return parts.length ? { parts, below: above } : null;
}

const dedented = (lines, by) => lines.map((line) => line.slice(by)).join("\n");

const isListed = (line) => /^\s*-(\s|$)/.test(line);

/** Return the lines of a group or a list with only what changed written anew; null where the lines can't be told apart. */
export function patched(lines, before, after, order) {
  const first = lines.find((line) => !/^\s*(#|$)/.test(line)) ?? "";
  const indent = first.length - first.trimStart().length;
  const cut = partsOf(lines, new RegExp(`^ {${indent}}${Array.isArray(before) ? "-(\\s|$)" : "[^\\s#\\-].*:(\\s|$)"}`));
  if (!cut) return null;
  return (Array.isArray(before) ? patchedList : patchedGroup)(cut, indent, before, after, order);
}

function patchedGroup({ parts, below }, indent, before, after, order) {
  for (const part of parts) {
    const said = Object.entries(parsed(dedented(part.lines, indent)));
    if (said.length !== 1 || !same(said[0][1] ?? null, before[said[0][0]] ?? null)) return null;
    [part.key] = said[0];
  }
  if (!sameAsSets(parts.map(({ key }) => key), Object.keys(before))) return null;
  const place = (key) => (order.includes(key) ? order.indexOf(key) : order.length);
  for (const key of Object.keys(after).filter((name) => !Object.hasOwn(before, name))) {
    const at = parts.findLastIndex((part) => place(part.key) <= place(key)) + 1;
    parts.splice(at, 0, { key, above: [], lines: written(`${" ".repeat(indent)}${scalar(key, true)}:`, after[key], indent) });
  }
  return parts
    .flatMap((part) => {
      if (!Object.hasOwn(after, part.key)) return part.above;
      if (!Object.hasOwn(before, part.key) || same(before[part.key], after[part.key])) return [...part.above, ...part.lines];
      return [...part.above, ...patchedValue(part, indent, before[part.key], after[part.key])];
    })
    .concat(below);
}

function patchedList({ parts, below }, indent, before, after) {
  const said = parts.map((part) => globalThis.jsyaml.load(dedented(part.lines, indent), { schema: globalThis.jsyaml.CORE_SCHEMA }));
  if (!same(said.flat(), said.length === before.length ? before : null)) return null;
  const free = new Set(before.keys());
  const from = after.map((item, at) => {
    const found = [at, ...free].find((index) => free.has(index) && same(before[index], item));
    free.delete(found);
    return found;
  });
  const pad = " ".repeat(indent);
  return after
    .flatMap((item, at) => {
      const old = parts[from[at] ?? (free.has(at) ? at : -1)];
      if (from[at] !== undefined) return [...old.above, ...old.lines];
      if (!old) return written(`${pad}-`, item, indent);
      if (old.lines.length === 1 && /^\s*- \{/.test(old.lines[0])) return [...old.above, `${pad}- ${inLine(item)}`];
      const inner = [old.lines[0].replace(/^(\s*)-/, "$1 "), ...old.lines.slice(1)];
      const both = isGroup(item) && isGroup(before[at]);
      const anew = both ? patched(inner, before[at], item, []) : null;
      if (!anew) return [...old.above, ...written(`${pad}-`, item, indent)];
      return [...old.above, anew[0].replace(/^(\s*) (?=\s\S)/, "$1-"), ...anew.slice(1)];
    })
    .concat(below);
}

/** Write the changed value of a field, and keep of its lines what says the same as before. */
function patchedValue(part, indent, before, after) {
  const [line, ...under] = part.lines;
  const key = `${" ".repeat(indent)}${scalar(part.key, true)}:`;
  if (under.length && /:\s*(#.*)?$/.test(line) && typeof before === "object" && typeof after === "object" && Array.isArray(before) === Array.isArray(after)) {
    const anew = patched(under, before, after, []);
    if (anew) return [line, ...anew];
  }
  const lines = written(key, after, indent);
  const note = under.length || lines.length > 1 ? "" : comment(line.slice(indent), part.key, before);
  return note ? [lines[0] + note] : lines;
}

/** Return the comment behind the value on a line, with the space before it. */
function comment(line, key, value) {
  for (const match of line.matchAll(/\s+#/g)) {
    const said = line.slice(0, match.index);
    if (!/^\S+:$/.test(said) && same(attempt(said)?.[key], value) && same(attempt(`${said} x`)?.[key], value) === false) return line.slice(match.index);
  }
  return "";
}

function attempt(yaml) {
  try {
    return parsed(yaml);
  } catch {
    return undefined;
  }
}

