/* Begins the CMS with what Handrail tells it of the handbook, and with Handrail's own reader and writer of pages. */

import { format } from "./pages.js";

const { cms, forms } = await (await fetch("config.json")).json();
globalThis.CMS.registerCustomFormat("handrail", "md", format(forms));
globalThis.CMS.init({ config: cms });
