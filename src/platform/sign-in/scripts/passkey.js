// Asks the browser for a passkey and puts what it answers into the form, which is then sent like any other. The page says
// what to ask for in data-options; data-passkey is "make" or "use".

const bytesOf = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const textOf = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const withIds = (list) => (list ?? []).map((each) => ({ ...each, id: bytesOf(each.id) }));

const make = async (options) => {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      user: { ...options.user, id: bytesOf(options.user.id) },
      excludeCredentials: withIds(options.excludeCredentials),
    },
  });
  return {
    id: made.id,
    rawId: textOf(made.rawId),
    type: made.type,
    response: {
      clientDataJSON: textOf(made.response.clientDataJSON),
      attestationObject: textOf(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    },
  };
};

const use = async (options) => {
  const used = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      allowCredentials: withIds(options.allowCredentials),
    },
  });
  return {
    id: used.id,
    rawId: textOf(used.rawId),
    type: used.type,
    response: {
      clientDataJSON: textOf(used.response.clientDataJSON),
      authenticatorData: textOf(used.response.authenticatorData),
      signature: textOf(used.response.signature),
    },
  };
};

for (const place of document.querySelectorAll('[data-passkey]')) {
  const form = place.querySelector('form');
  const status = place.querySelector('[data-passkey-status]');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    status.textContent = '';
    if (!navigator.credentials || !window.PublicKeyCredential) {
      status.textContent = 'This browser cannot use passkeys. Use another way.';
      return;
    }
    try {
      const options = JSON.parse(place.dataset.options);
      const answer = await (place.dataset.passkey === 'make' ? make(options) : use(options));
      form.elements.namedItem('response').value = JSON.stringify(answer);
      form.submit();
    } catch (error) {
      status.textContent =
        error instanceof DOMException && error.name === 'InvalidStateError'
          ? 'This device already has a passkey for your account.'
          : 'No passkey was used. Press the button to try again, or use another way.';
    }
  });
}
