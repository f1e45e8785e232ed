/** Starts one server of each kind, tells their processes and folders, and stays until it is killed. */
import { dirname } from "node:path";
import { startPostgres, startRedis } from "../src/index.ts";

const servers = await Promise.all([startPostgres(), startRedis()]);
await servers[0].pause();
console.log(
  JSON.stringify({
    pids: servers.map(({ pid }) => pid),
    folders: servers.map(({ dataFolder }) => dirname(dataFolder)),
  }),
);
setInterval(() => {}, 1_000);
