// The scanner's web worker. The build puts the bindings of the wasm in front of this text and fills in its address.
//
// In:  { pixels: ArrayBuffer (RGBA, transferred), width, height, frame: number | null }
//      Frames are numbered: each is tried with the stage whose turn it is. Null is a photo, tried with all stages.
// Out: { text: string | null, dark: boolean, ms: number }, the last what looking took in here, without handing over the
//      pixels; or an error event: the decoder broke down, start a new worker.
const ready = wasm_bindgen({ module_or_path: "__SCANNER_WASM__" });

onmessage = async ({ data: { pixels, width, height, frame } }) => {
  try {
    await ready;
    const begin = performance.now();
    const rgba = new Uint8Array(pixels);
    const sight =
      frame === null
        ? wasm_bindgen.scan_photo(rgba, width, height)
        : wasm_bindgen.scan_frame(rgba, width, height, frame);
    postMessage({ text: sight?.text ?? null, dark: sight?.dark ?? false, ms: performance.now() - begin });
    sight?.free();
  } catch (error) {
    // A rejected promise would stay in here; a reported error reaches the page.
    reportError(error);
  }
};
