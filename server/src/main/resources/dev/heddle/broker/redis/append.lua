-- Is before every script that appends to a log.

-- The log's epoch, a new one if there is none.
local function epoch_of(head, entries, fresh)
  local epoch = redis.call('HGET', head, 'epoch')
  if not epoch then
    epoch = fresh
    redis.call('DEL', entries)
    redis.call('HSET', head, 'epoch', epoch, 'offset', 0, 'bytes', 0)
  end
  return epoch
end

-- Milliseconds since 1970, by the clock of Redis.
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Appends a message, and says it to all nodes.
--
-- log: head, entries, said (where nodes listen), fresh (a new epoch), most publications that are
-- kept, their bytes, their milliseconds (ttl), milliseconds until an unused log is forgotten (memory)
-- Answer: "epoch offset"
local function append(log, message)
  local epoch = epoch_of(log.head, log.entries, log.fresh)
  local offset = redis.call('HINCRBY', log.head, 'offset', 1)
  if log.most > 0 and log.bytes > 0 and log.ttl > 0 then
    redis.call('XADD', log.entries, offset .. '-0', 'at', now(), 'message', message)
    local length = redis.call('XLEN', log.entries)
    if length == 1 then
      redis.call('HSET', log.head, 'bytes', 0)
    end
    local kept = redis.call('HINCRBY', log.head, 'bytes', #message + 120)
    while length > 0 and (length > log.most or kept > log.bytes) do
      local oldest = redis.call('XRANGE', log.entries, '-', '+', 'COUNT', 1)[1]
      kept = redis.call('HINCRBY', log.head, 'bytes', -(#oldest[2][4] + 120))
      redis.call('XDEL', log.entries, oldest[1])
      length = length - 1
    end
    redis.call('PEXPIRE', log.entries, log.ttl)
  end
  redis.call('PEXPIRE', log.head, log.memory)
  local place = epoch .. ' ' .. string.format('%.0f', offset)
  redis.call('PUBLISH', log.said, place .. ' ' .. message)
  return place
end
