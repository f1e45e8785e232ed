-- Puts one batch of the copy at exactly its position into a log that is being restored; else does nothing, so that
-- several nodes can restore one log at once.
--
-- KEYS  1 head (hash)  2 batches (stream)  3 writers (hash)
-- ARGV  1 writer  2 sequence  3 count  4 digest  5 commands  6 node  7 boot  8 first position  9 stamp
-- Returns 1 if it was put there, 0 if not.

local head = redis.call('HMGET', KEYS[1], 'last', 'filling')
if not head[2] or head[1] + 1 ~= tonumber(ARGV[8]) then return 0 end

local record = redis.call('HGET', KEYS[3], ARGV[1])
local previous = record and record:match('^%d+ (%d+)') or '0'
redis.call('XADD', KEYS[2], ARGV[8] .. '-0', 'at', ARGV[9], 'digest', ARGV[4], 'count', ARGV[3],
  'node', ARGV[6], 'boot', ARGV[7], 'sequence', ARGV[2], 'previous', previous, 'commands', ARGV[5])
redis.call('HSET', KEYS[3], ARGV[1], table.concat({ARGV[2], ARGV[8], ARGV[9], ARGV[4]}, ' '))
redis.call('HSET', KEYS[1],
  'last', string.format('%.0f', head[1] + ARGV[3]), 'at', ARGV[9], 'digest', ARGV[4])
return 1
