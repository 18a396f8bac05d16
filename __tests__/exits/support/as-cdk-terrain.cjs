// Preloaded by Node (`--require`): every import of cdktf, also those of the bindings, is one of CDK Terrain.
const Module = require("node:module");

const resolve = Module._resolveFilename;
Module._resolveFilename = function (id, ...others) {
  return resolve.call(this, id.replace(/^cdktf(?=$|\/)/, "cdktn"), ...others);
};
