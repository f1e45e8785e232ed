import { count, timeMs } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineRoute, sent } from "../route-definition.ts";
import { listOf, longName, next, pageQueryOf, truth } from "./admin-fields.ts";

const node = strictObject({
  node: longName("The node and its run: `name/run`."),
  is_asked: truth("Whether it is the one that answers."),
  is_leader: truth("Whether it leads the shard."),
  is_draining: truth("Whether it ends in good order."),
  levels: listOf(count("A level."), "The kernel levels it knows."),
  players: count("Players whose connection it holds."),
  last_entry_at: timeMs("When it was last heard."),
});

export const adminNodes = defineRoute({
  name: "admin-nodes",
  method: "GET",
  path: "/admin/v1/nodes",
  listener: "admin",
  tag: "admin",
  roles: ["admin"],
  since: 2,
  description: "The nodes of the shard, by name.",
  params: null,
  query: sent(pageQueryOf("nodes"), { limit: "50" }),
  body: null,
  status: 200,
  answer: strictObject({
    kernel_level: count("The level the shard is at."),
    is_halted: truth("Whether replicas disagreed: no match is made and no money moves."),
    nodes: listOf(node, "By name."),
    next,
  }),
  example: {
    kernel_level: 3,
    is_halted: false,
    nodes: [
      {
        node: "node-1/0199c2",
        is_asked: true,
        is_leader: true,
        is_draining: false,
        levels: [1, 2, 3],
        players: 812,
        last_entry_at: 1_706_025_600_250,
      },
    ],
    next: null,
  },
  failures: [],
});
