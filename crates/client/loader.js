// Starts the app that the build names in the attributes of the script element.
const { js, wasm } = document.getElementById("boot").dataset;
const app = await import(js);
await app.default({ module_or_path: wasm });
