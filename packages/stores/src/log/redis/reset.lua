-- Empties a log that is still the bad one the caller has looked at, and marks it as being restored.
--
-- KEYS  1 head (hash)  2 batches (stream)  3 writers (hash)
-- ARGV  1 the observed state of the head, as text: its fields, joined by spaces, '-' for each one missing
--       2 the position after which the log goes on  3 the stamp there  4 the digest there, '' if unknown
-- Returns 1 if it was emptied, 0 if it is another log by now.

local fields = {'last', 'at', 'digest', 'floor', 'floor_at', 'floor_digest', 'filling'}
local head = redis.call('HMGET', KEYS[1], unpack(fields))
for index = 1, #fields do head[index] = head[index] or '-' end
if table.concat(head, ' ') ~= ARGV[1] then return 0 end

redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[3])
redis.call('HSET', KEYS[1], 'last', ARGV[2], 'at', ARGV[3], 'digest', ARGV[4],
  'floor', ARGV[2], 'floor_at', ARGV[3], 'floor_digest', ARGV[4], 'filling', '1')
return 1
