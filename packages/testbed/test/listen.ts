/** Listens on the port it is given, and says what came of it in the words of a server. */
import { createServer } from "node:net";

const port = Number(process.argv[2]);
const listener = createServer().listen({ port, host: "127.0.0.1" }, () => console.log(`listens on ${port}`));
listener.once("error", ({ message }) => console.log(message));
