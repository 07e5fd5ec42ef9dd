// What was typed and not yet saved, in localStorage, apart for each account: the next person at this machine sees none.
const DAYS = 14 * 86400000;
const meta = document.querySelector('meta[name="account"]');
const prefix = `tidu:kept:${meta ? meta.content : ""}:`;

export class Keep {
  constructor(address, name) {
    this.key = `${prefix}${address}#${name}`;
    this.works = true;
  }

  put(entry) {
    try {
      localStorage.setItem(this.key, JSON.stringify(entry));
      this.works = true;
    } catch {
      this.works = false; // full or forbidden: the page then asks before it is left
    }
  }

  get() {
    try {
      const entry = JSON.parse(localStorage.getItem(this.key));
      return entry && Date.now() - entry.at < DAYS ? entry : (this.drop(), null);
    } catch {
      return null;
    }
  }

  drop() {
    try { localStorage.removeItem(this.key); } catch { this.works = false; }
  }
}

// What is kept under addresses that begin like this is dropped, but for those named.
export function dropOthers(start, named) {
  try {
    for (const key of Object.keys(localStorage)) {
      const address = key.startsWith(prefix) ? key.slice(prefix.length).split("#")[0] : "";
      if (address.startsWith(start) && !named.includes(address)) localStorage.removeItem(key);
    }
  } catch { /* forbidden: then nothing was kept */ }
}
