// What every page loads. Each module looks after one thing and listens on the document, so swapped parts need no care.
import "./keys.js";
import "./list.js";
import "./fit.js";
import "./dialogs.js";
import "./verbs.js";
import "./copy.js";
import "./live.js";
import "./autosave.js";
import "./undo.js";
import "./grid.js";
import "./passkeys.js";
import "./drop.js";

document.documentElement.classList.add("js");
