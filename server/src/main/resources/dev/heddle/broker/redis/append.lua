-- Is before every script. The last of ARGV names the run of Redis that does it; empty if Redis never
-- loses what it has acknowledged.
local run = ARGV[#ARGV]

-- The log's epoch, and whether it is new: because there was no log, or because Redis was started anew
-- since, or is another one, and so may have lost some of it.
local function epoch_of(head, entries, fresh)
  local known = redis.call('HMGET', head, 'epoch', 'run')
  if known[1] and (run == '' or known[2] == run) then
    return known[1], false
  end
  redis.call('DEL', head, entries)
  redis.call('HSET', head, 'epoch', fresh, 'offset', 0, 'bytes', 0, 'run', run)
  redis.call('PEXPIRE', head, 7200000)
  return fresh, true
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
