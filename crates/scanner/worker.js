// Runs in a thread of its own, after the bindings of the wasm. The page sends one picture at a time:
// {pixels, width, height, frame}; frame is its number in the video, or null for a still picture.
// The answer is {text}, null when nothing was read. Any error is left to the browser, which
// tells the page by the worker's "error" event: a wasm instance that has panicked is of no use any more.
const ready = wasm_bindgen({ module_or_path: "__SCANNER_WASM__" });

self.addEventListener("message", (event) => {
  ready.then(() => answer(event.data)).catch((error) => setTimeout(() => { throw error; }));
});

function answer({ pixels, width, height, frame }) {
  const rgba = new Uint8Array(pixels);
  const text =
    frame === null
      ? wasm_bindgen.scan_photo(rgba, width, height)
      : wasm_bindgen.scan_frame(rgba, width, height, frame);
  self.postMessage({ text: text ?? null });
}
