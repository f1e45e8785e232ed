import { adminRoutes } from "@matchforge/protocol/schemas";
import { brokenAuditLine } from "@matchforge/stores";
import { archiveReaches } from "../../archive-reaches.ts";
import { adminRoute } from "../admin-route.ts";
import { limitOf } from "../page-of.ts";

/** What operators have done. */
export const auditRoutes = [
  adminRoute(adminRoutes.adminAudit, async ({ query }, deps) => {
    const limit = limitOf(query);
    const before = query.after === undefined ? undefined : Number(query.after);
    if (before !== undefined && !Number.isSafeInteger(before))
      return { refusal: { code: "INVALID_FIELD", detail: "after must be: the next of a page." } };
    // Whoever has just done something finds it here.
    await archiveReaches(deps.state().position, deps);
    // One more than is shown tells whether there is another page.
    const found = await deps.archive.audit({ limit: limit + 1, ...(before !== undefined && { before }) });
    const lines = found.slice(0, limit);
    const last = found.length > limit ? lines.at(-1) : undefined;
    return { lines, next: last === undefined ? null : `${last.position}` };
  }),
  adminRoute(adminRoutes.adminAuditCheck, async (_asked, { archive }) => {
    const broken = await brokenAuditLine(archive);
    return { is_whole: broken === null, broken_at: broken };
  }),
];
