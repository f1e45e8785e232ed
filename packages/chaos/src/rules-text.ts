/** One wagered duel, short, whose ready check outlasts every fault. */
export const rulesText = `
[ledger]
faucet = 100000
faucet_every = 600

[[modes]]
id = "duel"
game = "typing_duel"
stakes = { bronze = 50 }
burn = 0.10
rating = { system = "elo", k = 32, initial = 1200, rounding = "truncate" }
requires = ["escrow"]
countdown = 0.3
duration = 30
grace = 30
[modes.search]
widening = [{ after = 0, gap = "any" }]
[modes.ready_check]
timeout = 15
`;
