#!lua flags=no-writes
-- Tells where the log begins and ends and which batches hold some positions, all of one moment.
--
-- KEYS  1 head (hash)  2 batches (stream)
-- ARGV  positions
-- Returns the fields of the head, then for each position the last one, the stamp and the digest of the batch that holds
--         it, or of the newest one trimmed if that ends there, or nothing

local head = redis.call('HMGET', KEYS[1],
  'last', 'at', 'digest', 'floor', 'floor_at', 'floor_digest', 'filling')
local marks = {}
for index, position in ipairs(ARGV) do
  local batch = redis.call('XREVRANGE', KEYS[2], position .. '-0', '-', 'COUNT', 1)[1]
  local last = batch and batch[1]:match('^%d+') + batch[2][6] - 1
  if last and last >= tonumber(position) then
    marks[index] = {string.format('%.0f', last), batch[2][2], batch[2][4]}
  elseif position == head[4] then
    marks[index] = {head[4], head[5], head[6]}
  else
    marks[index] = {}
  end
end
return {head, marks}
