// What every page needs. Each module looks for its own data- attributes and does nothing without them.
import { watchClocks } from "./clock.js";
import { watchCopy } from "./copy.js";
import { watchDialogs } from "./dialogs.js";
import { watchForms } from "./forms.js";
import { watchRows } from "./rows.js";

watchClocks();
watchCopy();
watchDialogs();
watchForms();
watchRows();

// On a telephone the menu is one line that slides: bring where we are into sight.
const current = document.querySelector(".nav [aria-current]");
if (current) current.parentElement.scrollLeft = current.offsetLeft - current.parentElement.offsetLeft - 40;
