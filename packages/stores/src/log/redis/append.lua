-- Puts one batch at the head of the log, or tells why not. Everything is stored or nothing.
--
-- KEYS  1 head (hash)  2 batches (stream)  3 writers (hash)
-- ARGV  1 writer  2 sequence  3 count  4 digest  5 commands  6 node  7 boot  8 channel of wake-ups
--       9 the last position the caller has seen, 0 for none  10 the stamp there  11 the digest there
-- Returns {"stored", first, at}
--         {"known", record}   the writer's last sequence, first, at and digest, when ARGV[2] does not follow it
--         {"diverged", last}  the log does not hold what the caller has seen
--         {"filling"}         the log is being restored

local head = redis.call('HMGET', KEYS[1],
  'last', 'at', 'digest', 'floor', 'floor_at', 'floor_digest', 'filling')
if head[7] then return {'filling'} end
local last, at = tonumber(head[1] or 0), tonumber(head[2] or 0)

if ARGV[9] ~= '0' then
  local there = {}
  if ARGV[9] == head[1] then
    there = {head[2], head[3]}
  elseif ARGV[9] == head[4] then
    there = {head[5], head[6]}
  elseif tonumber(ARGV[9]) < last then
    local batch = redis.call('XREVRANGE', KEYS[2], ARGV[9] .. '-0', '-', 'COUNT', 1)[1]
    if batch then there = {batch[2][2], batch[2][4]} end
  end
  if there[1] ~= ARGV[10] or there[2] ~= ARGV[11] then return {'diverged', last} end
end

local record = redis.call('HGET', KEYS[3], ARGV[1])
local sequence, previous = 0, '0'
if record then
  sequence, previous = record:match('^(%d+) (%d+)')
end
if tonumber(ARGV[2]) ~= sequence + 1 then return {'known', record or ''} end

local time = redis.call('TIME')
at = math.max(at, time[1] * 1000 + math.floor(time[2] / 1000))
-- Whole numbers as text: Lua's own way loses digits of long ones.
local stamp = string.format('%.0f', at)
local first = string.format('%.0f', last + 1)
last = string.format('%.0f', last + ARGV[3])
redis.call('XADD', KEYS[2], first .. '-0', 'at', stamp, 'digest', ARGV[4], 'count', ARGV[3],
  'node', ARGV[6], 'boot', ARGV[7], 'sequence', ARGV[2], 'previous', previous, 'commands', ARGV[5])
redis.call('HSET', KEYS[3], ARGV[1], table.concat({ARGV[2], first, stamp, ARGV[4]}, ' '))
redis.call('HSET', KEYS[1], 'last', last, 'at', stamp, 'digest', ARGV[4])
redis.call('SPUBLISH', ARGV[8], last)
return {'stored', first, stamp}
