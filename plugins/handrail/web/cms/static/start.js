/* Begins the CMS with what Handrail tells it of the handbook, and with Handrail's own reader and writer of pages. */

import { format } from "./pages.js";

/* A kind is opened at the folder of all pages, where few lie; the CMS calls that empty, beside the number of those below it. */
const EMPTY = "This collection has no entries yet.";
const INSTEAD = "No page of this kind lies in this folder itself. Open a folder below it, or type a word of the title into the search field.";

function explained(node) {
  if (!node.textContent.includes(EMPTY)) return;
  const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  for (let text = texts.currentNode; text; text = texts.nextNode()) {
    if (text.nodeType === Node.TEXT_NODE && text.data.trim() === EMPTY) text.data = INSTEAD;
  }
}

new MutationObserver((changes) => changes.forEach(({ target }) => explained(target))).observe(document.body, {
  characterData: true,
  childList: true,
  subtree: true,
});

const { cms, forms } = await (await fetch("config.json")).json();
globalThis.CMS.registerCustomFormat("handrail", "md", format(forms));
globalThis.CMS.init({ config: cms });
