-- Reads a part of a channel's log. Drops what is older than its rule lets it be.
--
-- KEYS: head, entries
-- ARGV: a new epoch, in case there is no log; milliseconds that publications are kept;
-- milliseconds until an unused log is forgotten; an epoch, empty for the newest; the offset after
-- which to read; how many at most
-- Answer: epoch; offset; 1 if nothing is missing; then offsets and messages, the oldest first
local head, entries = KEYS[1], KEYS[2]
local limit = tonumber(ARGV[6])

local epoch = epoch_of(head, entries, ARGV[1])
if redis.call('PTTL', head) < tonumber(ARGV[3]) then
  redis.call('PEXPIRE', head, ARGV[3])
end
local offset = tonumber(redis.call('HGET', head, 'offset')) or 0

local dead = now() - tonumber(ARGV[2])
local oldest = redis.call('XRANGE', entries, '-', '+', 'COUNT', 1)[1]
while oldest and tonumber(oldest[2][2]) <= dead do
  redis.call('HINCRBY', head, 'bytes', -(#oldest[2][4] + 120))
  redis.call('XDEL', entries, oldest[1])
  oldest = redis.call('XRANGE', entries, '-', '+', 'COUNT', 1)[1]
end
if not oldest then
  redis.call('HSET', head, 'bytes', 0)
end

local answer = {epoch, string.format('%.0f', offset), 1}
local found = {}
if ARGV[4] == '' then
  if limit > 0 then
    local newest = redis.call('XREVRANGE', entries, '+', '-', 'COUNT', limit)
    for i = #newest, 1, -1 do
      found[#found + 1] = newest[i]
    end
  end
else
  local since = tonumber(ARGV[5])
  local reach = oldest and tonumber(string.match(oldest[1], '^%d+')) - 1 or offset
  if ARGV[4] ~= epoch or since < reach or since > offset then
    answer[3] = 0
  elseif limit > 0 and since < offset then
    found = redis.call(
      'XRANGE', entries, string.format('%.0f', since + 1) .. '-0', '+', 'COUNT', limit)
  end
end
for _, entry in ipairs(found) do
  answer[#answer + 1] = string.match(entry[1], '^%d+')
  answer[#answer + 1] = entry[2][4]
end
return answer
