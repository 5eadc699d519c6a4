// @tus/server with its file store on a port: uploads as its own documentation sets it up.
"use strict";
const http = require("node:http");
const { Server } = require("@tus/server");
const { FileStore } = require("@tus/file-store");

const [folder, port] = process.argv.slice(2);
const tus = new Server({ path: "/files", datastore: new FileStore({ directory: folder }) });
http.createServer((request, response) => tus.handle(request, response)).listen(Number(port), "127.0.0.1", () => {
  console.log(JSON.stringify({ listening: true }));
});
