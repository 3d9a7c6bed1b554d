// ---- what the page holds: columns of values, as exports/packing.py packs them

const at = (id) => document.getElementById(id);
async function unpack(id) {
  const packed = atob(at(id).textContent), bytes = new Uint8Array(packed.length);
  for (let index = 0; index < packed.length; index += 1) bytes[index] = packed.charCodeAt(index);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}
let held;
try {
  held = await unpack("data-graph");
} catch (error) {
  at("summary").textContent = say("failed");
  throw error;
}
