// Carries what comes by standard input to a port of the pod in whose network it runs, and back: kwok's way in.
import { connect } from "node:net";

const server = connect({ host: "127.0.0.1", port: Number(process.argv[2]), allowHalfOpen: true });
process.stdin.pipe(server);
server.pipe(process.stdout);
server.on("error", (error) => {
  console.error(String(error));
  process.exit(1);
});
server.on("close", () => process.exit(0));
