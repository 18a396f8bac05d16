// Carries connections from a socket file to a port of the pod in whose network it runs: the cluster's way in.
import { connect, createServer } from "node:net";

const [socket, port] = process.argv.slice(2);
createServer({ allowHalfOpen: true }, (client) => {
  const server = connect({ host: "127.0.0.1", port: Number(port), allowHalfOpen: true });
  for (const [one, other] of [
    [client, server],
    [server, client],
  ]) {
    one.pipe(other);
    one.on("error", () => other.destroy());
  }
  // As long as the kernel lets it be: who connects beyond Node's 511 is refused, and a test counts that as a lost request.
}).listen({ path: socket, backlog: 4096 });
