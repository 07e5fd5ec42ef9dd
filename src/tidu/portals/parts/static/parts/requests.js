// One way to speak with the server: the CSRF token, and a session that has ended is told from a refusal.
export function csrf() {
  const meta = document.querySelector('meta[name="csrf"]');
  const input = document.querySelector('input[name="csrfmiddlewaretoken"]');
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  // The cookie first: it is renewed by a login in another window, what stands in this page is not.
  return (cookie && cookie[1]) || (meta && meta.content) || (input && input.value) || "";
}

// Throws TypeError when the network is away. A redirect means the login page: `ended` is then true.
export async function send(url, { method = "POST", body = null, headers = {}, signal = undefined } = {}) {
  const response = await fetch(url, {
    method,
    body,
    signal,
    credentials: "same-origin",
    redirect: "manual",
    headers: { Accept: "application/json", "X-CSRFToken": csrf(), ...headers },
  });
  const ended = response.type === "opaqueredirect" || response.status === 401;
  let said = {};
  if ((response.headers.get("Content-Type") || "").includes("json")) said = await response.json();
  return { status: response.status, ok: response.ok, ended, said, headers: response.headers };
}

// Seconds to wait before try number `tries`: 1, 2, 4 … 60, never two browsers in step.
export function backoff(tries) {
  return Math.min(60, 2 ** Math.min(tries, 6)) * 1000 * (0.75 + Math.random() / 2);
}
