/* Lets the search run where a page is opened as a file: browsers start no worker from there, so a hidden frame takes its place. */
"use strict";
(() => {
  if (location.protocol !== "file:") return;

  const INSIDE = `
    var postMessage = data => parent.dispatchEvent(new CustomEvent("frame-worker", { detail: { from: self, data } }));
    var importScripts = (...addresses) => addresses.reduce(
      (before, address) => before.then(() => new Promise((loaded, failed) => {
        const script = document.createElement("script");
        script.src = address; script.onload = loaded; script.onerror = failed;
        document.body.append(script);
      })),
      Promise.resolve());`;

  window.Worker = class FrameWorker extends EventTarget {
    #frame = document.createElement("iframe");
    #ready;

    constructor(address) {
      super();
      this.#frame.hidden = true;
      this.#frame.title = "search";
      document.body.append(this.#frame);
      addEventListener("frame-worker", this.#heard);
      const inside = this.#frame.contentDocument;
      inside.body.append(Object.assign(inside.createElement("script"), { textContent: INSIDE }));
      this.#ready = new Promise((loaded, failed) => {
        inside.body.append(Object.assign(inside.createElement("script"), { src: String(address), onload: loaded, onerror: failed }));
      });
    }

    #heard = ({ detail }) => {
      if (detail.from !== this.#frame.contentWindow) return;
      const message = new MessageEvent("message", { data: detail.data });
      this.dispatchEvent(message);
      this.onmessage?.(message);
    };

    postMessage(data) {
      this.#ready.then(() => this.#frame.contentWindow.dispatchEvent(new MessageEvent("message", { data })));
    }

    terminate() {
      removeEventListener("frame-worker", this.#heard);
      this.#frame.remove();
    }
  };
})();
