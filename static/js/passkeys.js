// Passkeys: a button with data-passkey asks the server what to ask for, the device for an answer, and sends its form.
// And the step-up: what wants a fresh proof comes as a dialog that opens itself.
if (window.PublicKeyCredential) document.documentElement.classList.add("has-passkeys");

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function asked({ publicKey }) {
  publicKey.challenge = bytes(publicKey.challenge);
  if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
  for (const one of [...(publicKey.allowCredentials ?? []), ...(publicKey.excludeCredentials ?? [])]) one.id = bytes(one.id);
  return { publicKey };
}

function answered(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-passkey]");
  if (!button) return;
  const form = button.form;
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  failed.textContent = failed.dataset.passkeyFailed;
  button.disabled = true;
  try {
    const token = form.elements.csrfmiddlewaretoken.value;
    const reply = await fetch(button.dataset.ask, { method: "POST", headers: { "X-CSRFToken": token } });
    const said = await reply.json();
    if (said.detail) failed.textContent = said.detail; // why not, and what to do
    const options = asked(JSON.parse(said.options));
    const credential = await navigator.credentials[button.dataset.passkey](options);
    form.querySelector("[data-credential]").value = answered(credential);
    form.submit();
  } catch {
    failed.hidden = false;
    button.disabled = false;
  }
});

document.addEventListener("htmx:afterSwap", () => document.querySelector("dialog[data-open]:not([open])")?.showModal());
