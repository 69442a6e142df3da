-- Appends a message to a channel's log and says so to all nodes, in one step. Every node has the
-- same answer for one id.
--
-- KEYS: head, entries, and the id's key if the message is published once
-- ARGV: a new epoch, in case there is no log; the message; how many publications are kept, their
-- bytes, their milliseconds; milliseconds until an unused log is forgotten; where nodes listen;
-- milliseconds that an id is known; the data's fingerprint
-- Answer: "epoch offset fingerprint run", as it was published first, and 1 if that is just now
local id = KEYS[3]
if id then
  local known = redis.call('GET', id)
  -- In another run the log may be lost, and so what was published under the id.
  if known and (run == '' or string.match(known, '%S*$') == run) then
    return {known, 0}
  end
end

local log = {
  head = KEYS[1],
  entries = KEYS[2],
  fresh = ARGV[1],
  most = tonumber(ARGV[3]),
  bytes = tonumber(ARGV[4]),
  ttl = tonumber(ARGV[5]),
  memory = ARGV[6],
  said = ARGV[7]
}
local first = append(log, ARGV[2]) .. ' ' .. ARGV[9] .. ' ' .. run
if id then
  redis.call('SET', id, first, 'PX', ARGV[8])
end
return {first, 1}
