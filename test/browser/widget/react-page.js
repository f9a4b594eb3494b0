/** A page of somebody who uses Turnstile from React: the wrapper from npm as it is, its script brought by the page. */
import { Turnstile } from '@marsidev/react-turnstile';
import { createElement, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';

function Login() {
  const [said, say] = useState('');
  const [shown, show] = useState(true);
  const widget = useRef(/** @type {import('@marsidev/react-turnstile').TurnstileInstance | null} */ (null));
  return createElement(
    'form',
    null,
    shown &&
      createElement(Turnstile, {
        ref: widget,
        siteKey: '0x4AAAAAAAtest',
        injectScript: false,
        options: { action: 'login', theme: 'dark' },
        onWidgetLoad: () => say('loaded'),
        onSuccess: (token) => say(`solved ${token === widget.current?.getResponse()}`),
      }),
    createElement('button', { type: 'button', onClick: () => widget.current?.reset() }, 'Reset'),
    createElement('button', { type: 'button', onClick: () => show(!shown) }, 'Toggle'),
    createElement('p', { id: 'said' }, said),
  );
}

createRoot(/** @type {HTMLElement} */ (document.querySelector('main'))).render(createElement(Login));
