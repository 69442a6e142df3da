-- Appends a message to a channel's log and says so to all nodes, in one step. Every node has the
-- same answer for one id.
--
-- KEYS: head, entries, and the id's key if the message is published once
-- ARGV: a new epoch, in case there is no log; the message; how many publications are kept, their
-- bytes, their milliseconds; milliseconds until an unused log is forgotten; where nodes listen;
-- milliseconds that an id is known; the data's fingerprint
-- Answer: "epoch offset fingerprint", as it was published first, and 1 if that is just now
local head, entries, id = KEYS[1], KEYS[2], KEYS[3]
local message, most, bytes, ttl = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])

if id then
  local known = redis.call('GET', id)
  if known then
    return {known, 0}
  end
end

local epoch = redis.call('HGET', head, 'epoch')
if not epoch then
  epoch = ARGV[1]
  redis.call('DEL', entries)
  redis.call('HSET', head, 'epoch', epoch, 'bytes', 0)
end
local offset = redis.call('HINCRBY', head, 'offset', 1)

if most > 0 and bytes > 0 and ttl > 0 then
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call('XADD', entries, offset .. '-0', 'at', now, 'message', message)
  local length = redis.call('XLEN', entries)
  if length == 1 then
    redis.call('HSET', head, 'bytes', 0)
  end
  local kept = redis.call('HINCRBY', head, 'bytes', #message + 120)
  while length > 0 and (length > most or kept > bytes) do
    local oldest = redis.call('XRANGE', entries, '-', '+', 'COUNT', 1)[1]
    kept = redis.call('HINCRBY', head, 'bytes', -(#oldest[2][4] + 120))
    redis.call('XDEL', entries, oldest[1])
    length = length - 1
  end
  redis.call('PEXPIRE', entries, ttl)
end
redis.call('PEXPIRE', head, ARGV[6])

local place = epoch .. ' ' .. string.format('%.0f', offset)
if id then
  redis.call('SET', id, place .. ' ' .. ARGV[9], 'PX', ARGV[8])
end
redis.call('PUBLISH', ARGV[7], place .. ' ' .. message)
return {place .. ' ' .. ARGV[9], 1}
