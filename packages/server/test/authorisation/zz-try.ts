import { walk } from "/work/main/packages/server/test/authorisation/walk.ts";
const t=Date.now();
const cells = await walk();
console.log(cells.length, Date.now()-t);
for (const c of cells) if (c.isRefused && c.hasChanged) console.log("CHANGED", c.action.name, c.actor, c.situation, c.outcome);
const rows = new Map<string,Map<string,string[]>>();
for (const c of cells) { const a = rows.get(c.action.name) ?? new Map(); rows.set(c.action.name,a); const k=a.get(c.actor)??[]; k.push(c.outcome+(c.hasChanged?"*":"")); a.set(c.actor,k); }
for (const [a,m] of rows) { console.log("##",a); const g=new Map<string,string[]>(); for (const [ac,o] of m) { const k=o.join(" | "); g.set(k,[...(g.get(k)??[]),ac]); } for (const [k,as] of g) console.log("  ",as.join(", "),"→",k); }
process.exit(0)
