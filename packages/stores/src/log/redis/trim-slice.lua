-- Drops whole batches that end before a position, and keeps where the last of them ended.
--
-- KEYS  1 head (hash)  2 batches (stream)
-- ARGV  1 the position
-- Returns 1 if batches were dropped, 0 if not.

local function newest_from(id)
  local batch = redis.call('XREVRANGE', KEYS[2], id, '-', 'COUNT', 1)[1]
  if not batch then return nil end
  local first = tonumber(batch[1]:match('^%d+'))
  return {first = first, last = first + batch[2][6] - 1, at = batch[2][2], digest = batch[2][4]}
end

if redis.call('HEXISTS', KEYS[1], 'filling') == 1 then return 0 end
local dropped = newest_from('(' .. ARGV[1] .. '-0')
if dropped and dropped.last >= tonumber(ARGV[1]) then
  dropped = newest_from(string.format('(%.0f-0', dropped.first))
end
if not dropped then return 0 end

-- What frees memory comes first: a server that has none left runs no script that begins with something else.
redis.call('XTRIM', KEYS[2], 'MINID', string.format('%.0f-0', dropped.last + 1))
redis.call('HSET', KEYS[1], 'floor', string.format('%.0f', dropped.last),
  'floor_at', dropped.at, 'floor_digest', dropped.digest)
return 1
