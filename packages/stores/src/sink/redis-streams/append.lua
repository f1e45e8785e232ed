-- Appends records to a stream behind the one that the writer has seen last. All are stored or none.
--
-- KEYS  1 the stream
-- ARGV  1 the id of the last record as the writer knows it, 0-0 for none  2 how many records are kept, roughly
--       then of each record: its id, cursor, type, match id or nothing, time, data
-- Returns 1, or 0 where the stream ends elsewhere

local last = '0-0'
if redis.call('EXISTS', KEYS[1]) == 1 then
  local info = redis.call('XINFO', 'STREAM', KEYS[1])
  for field = 1, #info, 2 do
    if info[field] == 'last-generated-id' then last = info[field + 1] end
  end
end
if last ~= ARGV[1] then return 0 end

for record = 3, #ARGV, 6 do
  redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], ARGV[record],
    'cursor', ARGV[record + 1], 'type', ARGV[record + 2], 'match_id', ARGV[record + 3],
    'at', ARGV[record + 4], 'data', ARGV[record + 5])
end
return 1
