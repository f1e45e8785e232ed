import { adminAnnouncement } from "./admin-announcement.ts";
import { adminAudit } from "./admin-audit.ts";
import { adminAuditCheck } from "./admin-audit-check.ts";
import { adminMatch } from "./admin-match.ts";
import { adminMatchClose } from "./admin-match-close.ts";
import { adminMatches } from "./admin-matches.ts";
import { adminNodeDrain } from "./admin-node-drain.ts";
import { adminNodes } from "./admin-nodes.ts";
import { adminPlayer } from "./admin-player.ts";
import { adminPlayerPardon } from "./admin-player-pardon.ts";
import { adminPoolTickets } from "./admin-pool-tickets.ts";
import { adminPools } from "./admin-pools.ts";
import { adminRules } from "./admin-rules.ts";
import { adminRulesAdopt } from "./admin-rules-adopt.ts";
import { adminRulesCheck } from "./admin-rules-check.ts";
import { adminRulesRollback } from "./admin-rules-rollback.ts";
import { adminRulesUpload } from "./admin-rules-upload.ts";
import { adminServers } from "./admin-servers.ts";
import { adminSessions } from "./admin-sessions.ts";
import { adminShardResume } from "./admin-shard-resume.ts";
import { adminTicket } from "./admin-ticket.ts";
import { adminTicketWithdraw } from "./admin-ticket-withdraw.ts";

/** What operators may ask for, on their own listener: each route by the name it has here. */
export const adminRoutes = {
  adminAnnouncement,
  adminAudit,
  adminAuditCheck,
  adminMatch,
  adminMatchClose,
  adminMatches,
  adminNodeDrain,
  adminNodes,
  adminPlayer,
  adminPlayerPardon,
  adminPoolTickets,
  adminPools,
  adminRules,
  adminRulesAdopt,
  adminRulesCheck,
  adminRulesRollback,
  adminRulesUpload,
  adminServers,
  adminSessions,
  adminShardResume,
  adminTicket,
  adminTicketWithdraw,
} as const;
