/** One token, in its smallest unit. */
export const oneToken = 1_000_000_000_000_000_000n;

/**
 * The arcade's duel with times that a test can wait for. Whatever a test waits for is short in the mode it
 * uses, whatever must not happen meanwhile is long there.
 */
export const rulesText = `
[ledger]
faucet = 1000
faucet_every = 600

[[modes]]
id = "code_duel"
game = "typing_duel"
stakes = { bronze = 50, silver = 150 }
burn = 0.10
rating = { system = "elo", k = 32, initial = 1200, rounding = "truncate" }
requires = ["escrow"]
countdown = 0.3
duration = 60
grace = 20
[modes.search]
widening = [{ after = 0, gap = "any" }]
[modes.ready_check]
timeout = 20

[[modes]]
id = "sprint"                             # over in a moment
game = "typing_duel"
stakes = { bronze = 50 }
burn = 0.10
rating = { system = "elo", k = 32, initial = 1200, rounding = "truncate" }
requires = ["escrow"]
countdown = 0.1
duration = 1.5
grace = 20
[modes.search]
widening = [{ after = 0, gap = "any" }]
[modes.ready_check]
timeout = 20

[[modes]]
id = "hasty"                              # a short ready check
game = "typing_duel"
countdown = 0.1
duration = 60
grace = 20
[modes.search]
widening = [{ after = 0, gap = "any" }]
[modes.ready_check]
timeout = 1

[[modes]]
id = "patient"                            # a ready check that is over while a server is down
game = "typing_duel"
countdown = 0.1
duration = 60
grace = 20
[modes.search]
widening = [{ after = 0, gap = "any" }]
[modes.ready_check]
timeout = 4

[[modes]]
id = "strict"                             # a short grace
game = "typing_duel"
stakes = { bronze = 50 }
burn = 0.10
rating = { system = "elo", k = 32, initial = 1200, rounding = "truncate" }
requires = ["escrow"]
countdown = 0.1
duration = 60
grace = 0.3
[modes.search]
widening = [{ after = 0, gap = "any" }]
[modes.ready_check]
timeout = 20

[[modes]]
id = "slow"                               # a countdown to do something in
game = "typing_duel"
countdown = 2
duration = 60
grace = 20
[modes.search]
widening = [{ after = 0, gap = "any" }]
[modes.ready_check]
timeout = 20

[[modes]]
id = "closed"
available = false
[modes.search]
widening = [{ after = 0, gap = "any" }]
`;
